namespace ChatOps.Fleet;

/// <summary>A change of a file.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Path">Below the root; its directory must exist.</param>
/// <param name="Text">The new content, or the text that is added or put in place.</param>
/// <param name="Old">For an edit: the exact text to replace.</param>
/// <param name="All">For an edit: every occurrence; otherwise there must be exactly one.</param>
/// <param name="ExpectedDigest">When set, the change happens only if the file still has this digest (<see cref="FileChange.DigestBefore"/>; empty for a file that must not exist).</param>
public sealed record FileChangeRequest(FileChangeKind Kind, string Path, string Text, string? Old = null, bool All = false, string? ExpectedDigest = null);
