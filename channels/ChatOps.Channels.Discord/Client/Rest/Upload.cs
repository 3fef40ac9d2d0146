namespace ChatOps.Channels.Discord;

/// <summary>A file to upload.</summary>
/// <param name="Name">Its name, safe for a header.</param>
/// <param name="Open">Opens its content; called for each try.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record Upload(string Name, Func<Stream?> Open, long Bytes);
