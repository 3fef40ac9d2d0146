namespace ChatOps.Channels.Discord;

/// <summary>Whom a message may call. We name nobody.</summary>
internal sealed record AllowedMentions(IReadOnlyList<string> Parse, bool? RepliedUser = null);
