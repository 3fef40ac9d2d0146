namespace ChatOps.Tools;

/// <summary>A file that somebody handed to the gateway.</summary>
/// <param name="Id">The SHA-256 of its content in lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Path">Where it is; for the gateway alone.</param>
public sealed record Upload(string Id, long Bytes, string Path);
