namespace ChatOps.Fleet;

/// <summary>A change that was made, or would be.</summary>
/// <param name="Path">Below the root.</param>
/// <param name="Created">Whether the file is new.</param>
/// <param name="Diff">Lines as in a unified diff, not redacted.</param>
/// <param name="DiffComplete">Whether <paramref name="Diff"/> shows the whole change.</param>
/// <param name="Replacements">For an edit: how many places.</param>
/// <param name="DigestBefore">SHA-256 of the content before, in hexadecimal; empty when there was no file.</param>
/// <param name="DigestAfter">SHA-256 of the content after.</param>
/// <param name="SizeBytes">Size after.</param>
public sealed record FileChange(string Path, bool Created, string Diff, bool DiffComplete, int Replacements, string DigestBefore, string DigestAfter, long SizeBytes);
