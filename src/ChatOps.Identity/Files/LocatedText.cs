namespace ChatOps.Identity.Files;

/// <summary>A name in a file, and its line.</summary>
internal sealed record LocatedText(string Text, int Line);
