using System.Buffers;
using System.Text;

namespace ChatOps.Messages;

/// <summary>Puts text from outside into restricted Markdown so that it stays text.</summary>
public static class PlainText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_{}[]()<>#+-.!|~&@");

    /// <summary>Escapes every character that Markdown could read as markup.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0) return text;
        var result = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (Special.Contains(c)) result.Append('\\');
            result.Append(c);
        }

        return result.ToString();
    }
}
