namespace ChatOps.Secrets.Redaction;

/// <summary>
/// Short texts in which nothing was found a moment ago: the names of people, nodes, tools and rules that stand in every record. A text that
/// holds a secret never comes in here, and what is known anew to be secret makes every answer old.
/// </summary>
internal sealed class CleanTexts
{
    /// <summary>Longer texts hardly ever come again.</summary>
    public const int MaxLength = 64;

    private const int Places = 512;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>Whether it was looked through with these known values.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">The values that are known to be secret now.</param>
    public bool Contains(string text, KnownValues known) =>
        text.Length <= MaxLength && Volatile.Read(ref Place(text)) is { } entry && ReferenceEquals(entry.Known, known) && entry.Text == text;

    /// <summary>Remembers it, in the place of an older one.</summary>
    /// <param name="text">A text without a secret.</param>
    /// <param name="known">The values that were known to be secret when it was looked through.</param>
    public void Add(string text, KnownValues known)
    {
        if (text.Length <= MaxLength) Volatile.Write(ref Place(text), new Entry(text, known));
    }

    private ref Entry? Place(string text) => ref _entries[(uint)text.GetHashCode() % Places];

    private sealed record Entry(string Text, KnownValues Known);
}
