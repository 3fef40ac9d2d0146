namespace ChatOps.Fleet.Membership;

/// <summary>What a node says of itself is text of somebody else's: few, short and printable.</summary>
internal static class FactText
{
    private const int MaxFacts = 24;
    private const int MaxCharacters = 200;

    /// <summary>Cut to what is kept and shown.</summary>
    public static SortedDictionary<string, string> Bounded(IReadOnlyDictionary<string, string>? facts)
    {
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in (facts ?? new Dictionary<string, string>()).Take(MaxFacts)) kept[Bounded(name)] = Bounded(value);
        return kept;
    }

    /// <summary>One text.</summary>
    public static string Bounded(string text) => new([.. text.Take(MaxCharacters).Select(c => char.IsControl(c) ? ' ' : c)]);
}
