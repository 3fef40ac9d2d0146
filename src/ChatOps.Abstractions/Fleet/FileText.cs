namespace ChatOps.Fleet;

/// <summary>Lines of a text file.</summary>
/// <param name="Path">Below the root.</param>
/// <param name="Text">The lines, not redacted; invalid UTF-8 is replaced.</param>
/// <param name="FromLine">Number of the first line, from 1.</param>
/// <param name="Lines">How many lines these are.</param>
/// <param name="SizeBytes">Size of the whole file.</param>
/// <param name="Truncated">Whether lines that were asked for are left out because of a bound.</param>
public sealed record FileText(string Path, string Text, int FromLine, int Lines, long SizeBytes, bool Truncated);
