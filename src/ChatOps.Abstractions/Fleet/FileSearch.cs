namespace ChatOps.Fleet;

/// <summary>What to look for in files.</summary>
/// <param name="Text">Plain text, or a regular expression without look-around and back references.</param>
/// <param name="Path">A file or a directory below the root.</param>
/// <param name="IsRegex">Whether <paramref name="Text"/> is a regular expression.</param>
/// <param name="Limit">Matching lines, at most.</param>
public sealed record FileSearch(string Text, string Path, bool IsRegex, int Limit);
