using ChatOps.Fleet;

namespace ChatOps.Node.Files;

/// <summary>A change worked out: what the file is, and what it will be.</summary>
/// <param name="Path">Below the root.</param>
/// <param name="Before">The file as it is.</param>
/// <param name="After">The whole new content.</param>
/// <param name="Change">The change as it is told.</param>
internal sealed record PlannedChange(FilePath Path, FileState Before, byte[] After, FileChange Change);
