namespace ChatOps.Policy.Commands.Knowledge;

/// <summary>A kind of value, with the list that some kinds need.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Choices">The list of <see cref="ValueKind.One"/> and <see cref="ValueKind.Not"/>.</param>
internal sealed record ValueSpec(ValueKind Kind, IReadOnlyList<string> Choices)
{
    private static readonly Dictionary<string, ValueKind> Kinds = Enum.GetValues<ValueKind>()
        .ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>The names that a file may use.</summary>
    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>Reads <c>text</c> or <c>one(a|b*)</c>; null when there is no such kind.</summary>
    public static ValueSpec? Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return Kinds.TryGetValue(text, out var plain) && plain is not (ValueKind.One or ValueKind.Not) ? new ValueSpec(plain, []) : null;
        if (!text.EndsWith(')') || !Kinds.TryGetValue(text[..open], out var kind) || kind is not (ValueKind.One or ValueKind.Not)) return null;
        var choices = text[(open + 1)..^1].Split('|', StringSplitOptions.RemoveEmptyEntries);
        return choices.Length == 0 ? null : new ValueSpec(kind, choices);
    }
}
