namespace ChatOps.Channels.Discord;

/// <summary>The state of a thread.</summary>
internal sealed record ThreadMetadata(bool Archived = false, bool Locked = false);
