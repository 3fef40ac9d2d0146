using System.Text.RegularExpressions;

namespace ChatOps.Agent.Context;

/// <summary>Finds what must be repeated exactly or is worthless: ids of invocations and approvals, paths, hashes, addresses, and the names of nodes.</summary>
internal static partial class Identifiers
{
    private const int MaxLength = 160;

    /// <summary>The identifiers in a text, each once, in the order in which they first stand there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">Names that are identifiers too.</param>
    public static IReadOnlyList<string> In(string text, IReadOnlyCollection<string> names)
    {
        var found = Pattern().EnumerateMatches(text);
        var identifiers = new List<(int At, string Text)>();
        foreach (var match in found)
        {
            var value = text.AsSpan(match.Index, match.Length).TrimEnd(".:").ToString();
            if (value.Length <= MaxLength && IsOne(value)) identifiers.Add((match.Index, value));
        }

        identifiers.AddRange(names.Select(n => (At: text.IndexOf(n, StringComparison.Ordinal), Text: n)).Where(n => n.At >= 0));
        return [.. identifiers.OrderBy(i => i.At).Select(i => i.Text).Distinct(StringComparer.Ordinal)];
    }

    // A word of the letters a to f is no hash, and a number alone says little.
    private static bool IsOne(string value) => value[0] == '/' || value.Contains('.', StringComparison.Ordinal) || value.Contains(' ', StringComparison.Ordinal) || (value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter));

    [GeneratedRegex(@"/(?:[\w.@%+:~-]+/)+[\w.@%+:~-]+|\b(?:sha256:)?[0-9a-f]{7,64}\b|\b[0-9a-hjkmnp-tv-z]{26}(?:-\d+)*\b|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\bapproval [0-9a-z]{6}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
