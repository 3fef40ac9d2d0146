namespace ChatOps.Tools.Plans;

/// <summary>A call of a plan as it was proposed.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">Its arguments, as the gate takes them.</param>
/// <param name="Undo">How a person would undo it, in the proposer's words; null when not said.</param>
/// <param name="Expect">For the check: words that its result must hold; null when its success is enough.</param>
internal sealed record PlanStep(string Tool, IReadOnlyDictionary<string, string> Arguments, string? Undo, string? Expect);
