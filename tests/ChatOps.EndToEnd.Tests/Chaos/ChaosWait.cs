namespace ChatOps.EndToEnd.Chaos;

/// <summary>One message, and how long its person waited for the first answer.</summary>
/// <param name="Id">The message.</param>
/// <param name="Talk">Where it was said.</param>
/// <param name="At">Since the begin of the run.</param>
/// <param name="Took">From saying it to seeing an answer.</param>
/// <param name="Faults">What was going wrong meanwhile, in the order in which it began.</param>
internal sealed record ChaosWait(string Id, string Talk, TimeSpan At, TimeSpan Took, IReadOnlyList<string> Faults);
