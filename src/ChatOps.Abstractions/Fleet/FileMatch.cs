namespace ChatOps.Fleet;

/// <summary>A line that matches.</summary>
/// <param name="Path">Below the root.</param>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Text">The line, not redacted; a very long one is cut between words.</param>
public sealed record FileMatch(string Path, int Line, string Text);
