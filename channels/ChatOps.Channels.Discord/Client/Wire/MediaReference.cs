namespace ChatOps.Channels.Discord;

/// <summary>Names an attachment of the same message: <c>attachment://name</c>.</summary>
internal sealed record MediaReference(string Url);
