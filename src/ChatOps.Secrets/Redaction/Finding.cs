namespace ChatOps.Secrets.Redaction;

/// <summary>A secret in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Kind">What the marker calls it.</param>
/// <param name="Open">Whether more characters of the same token belong to it when the text goes on behind <paramref name="End"/>.</param>
internal readonly record struct Finding(int Start, int End, string Kind, bool Open = true);
