namespace ChatOps.Checks;

/// <summary>Which findings a runbook note is for. Whatever is given must fit; of a list, one entry must.</summary>
public sealed record RunbookMatch
{
    /// <summary>Names of checks; <c>*</c> stands for any run of characters.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>Kinds of checks.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Levels.</summary>
    public IReadOnlyList<CheckLevel> Levels { get; init; } = [];

    /// <summary>A selector that every node of the finding must fit; null for any.</summary>
    public string? Nodes { get; init; }

    /// <summary>Words in what was found or in what shows it, without regard to case.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
