namespace ChatOps.Channels.Discord;

/// <summary>The body of a refusal.</summary>
internal sealed record DiscordError(int Code = 0, string? Message = null, double? RetryAfter = null, bool? Global = null);
