using ChatOps.Agent.Turns.Steps;

namespace ChatOps.Agent.Replay;

/// <summary>A call of a recorded turn.</summary>
/// <param name="Call">The call.</param>
/// <param name="TaintedBy">The outside text that the model had read before it; null for none.</param>
/// <param name="Result">What it brought; null when it never came to a result.</param>
internal sealed record RecordedCall(StepCall Call, string? TaintedBy, ToolStepData? Result);
