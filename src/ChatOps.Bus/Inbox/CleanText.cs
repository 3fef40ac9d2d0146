using ChatOps.Messages;

namespace ChatOps.Bus;

/// <summary>What of a message may be stored.</summary>
/// <param name="Text">The text, or token and reason.</param>
/// <param name="DisplayName">The sender's name for display.</param>
/// <param name="Context">Group, anchor and files.</param>
internal sealed record CleanText(string Text, string? DisplayName, InboundContext Context);
