namespace ChatOps.Channels.Discord;

/// <summary>A change of a thread.</summary>
internal sealed record ThreadPatch(bool? Archived = null);
