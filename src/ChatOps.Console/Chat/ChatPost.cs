using ChatOps.Messages;

namespace ChatOps.Console.Chat;

/// <summary>What the script sends when a person sends a message or presses a button.</summary>
/// <param name="ClientId">Made by the browser; the same id is accepted once.</param>
/// <param name="Kind">Text or button.</param>
/// <param name="Text">The text, or the button's token with the typed reason.</param>
internal sealed record ChatPost(string ClientId, InboundKind Kind, string Text);
