using System.Text;

namespace ChatOps.Agent.Skills;

/// <summary>Words that mix Latin letters with Cyrillic or Greek ones that look the same: <c>аpt</c>, <c>gοogle</c>.</summary>
internal static class Homoglyphs
{
    /// <summary>The first such word of a line; null for none.</summary>
    public static string? Find(string line)
    {
        var start = -1;
        for (var i = 0; i <= line.Length; i++)
        {
            var letter = i < line.Length && char.IsLetter(line[i]);
            if (letter && start < 0) start = i;
            if (letter || start < 0) continue;
            var word = line[start..i];
            if (IsMixed(word)) return Shown(word);
            start = -1;
        }

        return null;
    }

    private static bool IsMixed(string word) => word.Any(char.IsAsciiLetter) && word.Any(c => c is (>= '\u0400' and <= '\u04FF') or (>= '\u0370' and <= '\u03FF' and not 'µ' and not 'Ω' and not 'α' and not 'β' and not 'Δ' and not 'λ' and not 'π' and not 'σ' and not 'μ'));

    // With the numbers of the foreign letters, or nobody would see which they are.
    private static string Shown(string word)
    {
        var text = new StringBuilder();
        foreach (var c in word.Length <= 40 ? word : word[..40])
            text.Append(char.IsAscii(c) ? c.ToString() : $"[U+{(int)c:X4}]");
        return text.ToString();
    }
}
