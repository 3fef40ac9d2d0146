namespace ChatOps.Identity.Files;

/// <summary>What was found at a file's path. Two are equal when nothing changed between them.</summary>
/// <param name="Text">The text; null when there is no readable file.</param>
/// <param name="Error">Why it cannot be read; null when it can, or when there is none.</param>
internal sealed record FileContent(string? Text, string? Error)
{
    public static FileContent Missing { get; } = new(null, null);

    public bool IsMissing => Text is null && Error is null;
}
