using ChatOps.Messages;

namespace ChatOps.Channels.Discord;

/// <summary>One Discord message of ours.</summary>
/// <param name="Text">Its Markdown.</param>
/// <param name="Actions">Its buttons.</param>
/// <param name="Files">Its files.</param>
/// <param name="Card">How a card looks; null for an ordinary message.</param>
internal sealed record DiscordPage(string Text, IReadOnlyList<MessageAction> Actions, IReadOnlyList<DiscordFile> Files, CardBlock? Card);
