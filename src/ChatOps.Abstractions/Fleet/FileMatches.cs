namespace ChatOps.Fleet;

/// <summary>What a search found.</summary>
/// <param name="Matches">In the order of paths.</param>
/// <param name="FilesSearched">Text files that were looked at.</param>
/// <param name="Note">What was left out and why, for people; <see langword="null"/> when nothing was.</param>
public sealed record FileMatches(IReadOnlyList<FileMatch> Matches, int FilesSearched, string? Note);
