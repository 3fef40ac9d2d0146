namespace ChatOps.Channels.Discord;

/// <summary>The message that is answered, as far as it is needed.</summary>
internal sealed record ReferencedMessage(string Id, DiscordUser? Author = null);
