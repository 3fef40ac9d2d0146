namespace ChatOps.Channels.Discord;

/// <summary>Where a message was written.</summary>
/// <param name="Chat">The channel; for a thread its parent.</param>
/// <param name="Thread">The conversation's thread; empty in a direct message.</param>
/// <param name="Group">The channel's name for people; null in a direct message.</param>
/// <param name="IsOurs">Whether what is written there is said to us: a direct message, or a thread that we take part in.</param>
internal sealed record MessagePlace(string Chat, string Thread, string? Group, bool IsOurs);
