namespace ChatOps.Channels.Discord;

/// <summary>Names an uploaded file.</summary>
internal sealed record AttachmentDescription(string Id, string? Filename = null);
