using System.Globalization;
using System.Text;

namespace ChatOps.Rendering;

/// <summary>How many columns a text takes in a monospaced font: wide characters and emoji two, marks that combine none.</summary>
public static class DisplayWidth
{
    /// <summary>The columns of one line of text.</summary>
    public static int Of(string text)
    {
        var width = 0;
        var graphemes = StringInfo.GetTextElementEnumerator(text);
        while (graphemes.MoveNext()) width += OfGrapheme((string)graphemes.Current);
        return width;
    }

    /// <summary>The text followed by as many spaces as make it so wide.</summary>
    public static string Pad(string text, int columns) => text + new string(' ', Math.Max(0, columns - Of(text)));

    private static int OfGrapheme(string grapheme)
    {
        if (!Rune.TryGetRuneAt(grapheme, 0, out var rune)) return 1;
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Control or UnicodeCategory.Format) return 0;
        return IsWide(rune.Value) || grapheme.Contains('\ufe0f', StringComparison.Ordinal) ? 2 : 1;
    }

    private static bool IsWide(int c) => c is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF and not 0x303F) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or
        (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or 0x2705 or 0x274C or 0x2754 or 0x23F3 or 0x26D4 or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
