using ChatOps.Storage;

namespace ChatOps.Console.DeadLetters;

/// <summary>One message that was given up, as the tool that lists them says it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Conversation">Where it was to go.</param>
/// <param name="State">Whether it is known not to have arrived.</param>
/// <param name="Reason">Why it was given up.</param>
/// <param name="Text">How it begins.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record DeadLetterRow(string Id, string Conversation, OutboxState State, string? Reason, string Text, DateTimeOffset CreatedAt, int Attempts);
