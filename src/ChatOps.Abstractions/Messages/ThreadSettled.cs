namespace ChatOps.Messages;

/// <summary>Event: a message that was to open a thread is out (or never will be), and the store has the thread's conversation or knows that there is none.</summary>
/// <param name="MessageId">The message.</param>
public sealed record ThreadSettled(string MessageId);
