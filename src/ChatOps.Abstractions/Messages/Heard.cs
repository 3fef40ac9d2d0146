namespace ChatOps.Messages;

/// <summary>What was heard in a voice note. Stored with the message, so that nothing is transcribed twice.</summary>
/// <param name="Text">The words, redacted.</param>
/// <param name="Language">ISO 639-1; null when not known.</param>
/// <param name="MessageId">Our message that says what was heard; results do not replace it.</param>
public sealed record Heard(string Text, string? Language, string MessageId);
