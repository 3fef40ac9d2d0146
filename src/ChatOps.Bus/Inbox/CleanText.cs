namespace ChatOps.Bus;

/// <summary>What of a message may be stored.</summary>
/// <param name="Text">The text, or token and reason.</param>
/// <param name="DisplayName">The sender's name for display.</param>
internal sealed record CleanText(string Text, string? DisplayName);
