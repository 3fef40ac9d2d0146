namespace ChatOps.Fleet;

/// <summary>A directory.</summary>
/// <param name="Path">Below the root.</param>
/// <param name="Entries">Directories first, then by name.</param>
/// <param name="Truncated">Whether there are more.</param>
public sealed record FileListing(string Path, IReadOnlyList<FileEntry> Entries, bool Truncated);
