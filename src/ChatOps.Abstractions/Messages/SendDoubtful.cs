namespace ChatOps.Messages;

/// <summary>
/// Event: a message with buttons may or may not have reached people. It is not sent again as it is: whoever owns it issues one that supersedes it, so that buttons which did
/// arrive are void. Lost in a crash: the step stays <see cref="ChatOps.Storage.OutboxState.Unknown"/> in the store, for sweeps to find.
/// </summary>
/// <param name="MessageId">The message.</param>
public sealed record SendDoubtful(string MessageId);
