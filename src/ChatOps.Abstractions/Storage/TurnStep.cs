namespace ChatOps.Storage;

/// <summary>A step of a turn that a model leads. Stored before the next one begins, so that a turn that broke off goes on from here and repeats nothing.</summary>
/// <param name="InboxId">The message that the turn answers.</param>
/// <param name="Number">1, 2, 3, …: a model's message, then the results of its calls in the order of the calls, then the next message.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Json">The message or the result, as the agent writes it.</param>
/// <param name="At">When it was stored.</param>
public sealed record TurnStep(string InboxId, int Number, TurnStepKind Kind, string Json, DateTimeOffset At);
