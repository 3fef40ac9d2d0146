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
    OutputLimits Limits);
