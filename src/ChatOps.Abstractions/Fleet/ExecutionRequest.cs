using ChatOps.Policy;

namespace ChatOps.Fleet;

/// <summary>One command on one node.</summary>
/// <param name="Id">Unique; the node refuses a second start of the same id.</param>
/// <param name="Node">The node's name.</param>
/// <param name="Line">The command line as approved, for records and for the shell.</param>
/// <param name="Program">What to run without a shell; when <see langword="null"/> the line is given to <c>/bin/sh -c</c>.</param>
/// <param name="WorkingDirectory">Absolute path; must exist.</param>
/// <param name="Timeout">Limit of the whole execution.</param>
/// <param name="Limits">Bounds of the captured output.</param>
public sealed record ExecutionRequest(
    string Id,
    string Node,
    string Line,
    CommandProgram? Program,
    string WorkingDirectory,
    TimeSpan Timeout,
    OutputLimits Limits)
{
    /// <summary>How risky the gate found it. A node may ask for more than the gateway did.</summary>
    public Risk Risk { get; init; } = Risk.Change;

    /// <summary>The approval or the standing grant that allows it; <see langword="null"/> when none was needed.</summary>
    public string? Approval { get; init; }

    /// <summary>What its first program reads; <see langword="null"/> is nothing.</summary>
    public ExecutionInput? Input { get; init; }

    /// <summary>Join it while it runs or answer with its stored result, but never start it: whoever asked first is gone.</summary>
    public bool OnlyAttach { get; init; }
}
