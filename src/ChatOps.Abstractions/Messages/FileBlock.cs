namespace ChatOps.Messages;

/// <summary>A file kept by the gateway, offered for download or attached.</summary>
/// <param name="Name">File name for people.</param>
/// <param name="FileId">Its id under the data directory's files; never a path.</param>
/// <param name="Bytes">Size.</param>
public sealed record FileBlock(string Name, string FileId, long Bytes) : Block;
