using System.Globalization;
using ChatOps.Rendering;

namespace ChatOps.Agent.Context;

/// <summary>The beginning and the end of a text that is too long; between them is said how much is left out, and which identifiers stood there.</summary>
internal static class ShortText
{
    /// <summary>Shortens; the result may be a little longer than the limit, by the sentence in its middle, and is never longer than the text.</summary>
    public static string Of(string text, int limit)
    {
        if (text.Length <= limit) return text;
        var head = TextSplitter.Split(text, Math.Max(1, limit / 2), static t => t.Length, fenced: false)[0];
        var tail = TextSplitter.Tail(text, limit / 2);
        var left = text[head.Length..Math.Max(head.Length, text.Length - tail.Length)];
        var identifiers = Fitting(Identifiers.In(left, []), limit / 2);
        var shortened = string.Create(CultureInfo.InvariantCulture, $"{head}\n[… {left.Length} characters are left out here{(identifiers.Length == 0 ? "" : "; among them ")}{identifiers} …]\n{tail}");
        return shortened.Length < text.Length ? shortened : text;
    }

    /// <summary>As many identifiers, separated by commas, as fit into so many characters.</summary>
    public static string Fitting(IEnumerable<string> identifiers, int characters)
    {
        var chosen = new List<string>();
        foreach (var identifier in identifiers)
        {
            characters -= identifier.Length + 2;
            if (characters < 0) break;
            chosen.Add(identifier);
        }

        return string.Join(", ", chosen);
    }
}
