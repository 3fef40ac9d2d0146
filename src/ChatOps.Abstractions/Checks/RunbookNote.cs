using ChatOps.Policy;

namespace ChatOps.Checks;

/// <summary>A note of workspace/runbooks: what to do about the findings that it is for.</summary>
public sealed record RunbookNote
{
    /// <summary>The file's name without <c>.md</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its first heading, or its name.</summary>
    public required string Title { get; init; }

    /// <summary>Which findings it is for.</summary>
    public required RunbookMatch Match { get; init; }

    /// <summary>The highest risk that one of its steps may have.</summary>
    public Risk Risk { get; init; } = Risk.Change;

    /// <summary>The trust that its file allows at most.</summary>
    public RunbookTrust Ceiling { get; init; } = RunbookTrust.Suggest;

    /// <summary>In whose name its steps are put to the gate.</summary>
    public string Owner { get; init; } = CheckService.Principal;

    /// <summary>Its steps as command lines, in order; empty when it is prose alone.</summary>
    public IReadOnlyList<RunbookStep> Steps { get; init; } = [];

    /// <summary>The reading command line that shows whether it helped; null for none.</summary>
    public string? Check { get; init; }

    /// <summary>Words that the check's result must hold; null when its success is enough.</summary>
    public string? Expect { get; init; }

    /// <summary>The text below the front matter.</summary>
    public string Text { get; init; } = "";

    /// <summary>Where it is written.</summary>
    public required string File { get; init; }

    /// <summary>A hash of what it would do: owner, risk, steps and check. Trust is given to exactly that.</summary>
    public required string Digest { get; init; }
}
