namespace ChatOps.Channels.Discord;

/// <summary>A picture of a gallery.</summary>
internal sealed record MediaItem(MediaReference Media);
