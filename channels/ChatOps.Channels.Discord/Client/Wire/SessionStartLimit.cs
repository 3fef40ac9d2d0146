namespace ChatOps.Channels.Discord;

/// <summary>How often the bot may identify.</summary>
internal sealed record SessionStartLimit(int Total, int Remaining, long ResetAfter, int MaxConcurrency);
