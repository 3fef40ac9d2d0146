namespace ChatOps.Channels.Discord;

/// <summary>A thread that begins at a message.</summary>
internal sealed record ThreadStart(string Name, int AutoArchiveDuration);
