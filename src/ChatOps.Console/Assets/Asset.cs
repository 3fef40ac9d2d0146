namespace ChatOps.Console.Assets;

/// <summary>A static file.</summary>
internal sealed record Asset(byte[] Content, string ContentType, string ETag);
