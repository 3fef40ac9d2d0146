namespace ChatOps.Agent.Turns.Steps;

/// <summary>A model's message as its step keeps it.</summary>
/// <param name="Text">What it said, redacted; empty when it only calls.</param>
/// <param name="Calls">What it asked for, in order; empty when the message is the answer.</param>
/// <param name="ModelId">The model as its provider names it.</param>
/// <param name="ModelName">The model as it is configured.</param>
/// <param name="InputTokens">Tokens that it read.</param>
/// <param name="OutputTokens">Tokens that it wrote.</param>
/// <param name="Finish">Why it ended; null when not said.</param>
internal sealed record ModelStepData(
    string Text, IReadOnlyList<StepCall> Calls, string ModelId, string ModelName, long InputTokens, long OutputTokens, string? Finish)
{
    /// <summary>The outside text that the model had read when it wrote this (<c>logs of web-1</c>), for people; null for none.</summary>
    public string? TaintedBy { get; init; }
}
