namespace ChatOps.Channels.Discord;

/// <summary>Where a new message goes.</summary>
/// <param name="Channel">The channel or thread.</param>
/// <param name="Answers">The message that it answers; null for none.</param>
/// <param name="Thread">Whether it is a thread.</param>
internal sealed record Target(string Channel, string? Answers = null, bool Thread = false);
