using ChatOps.Fleet;

namespace ChatOps.Tools.Run;

/// <summary>What happened on one node.</summary>
internal sealed record NodeRun(string Node, ExecutionResult Result, KeptOutput? Kept);
