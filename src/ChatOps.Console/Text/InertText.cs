using System.Globalization;
using System.Text;

namespace ChatOps.Console.Text;

/// <summary>
/// Makes visible what would deceive a reader: control characters, bidirectional controls, zero-width and tag characters are shown as their code.
/// Ordinary right-to-left text and emoji sequences stay as they are.
/// </summary>
internal static class InertText
{
    public static string Of(string text)
    {
        var first = IndexOfTrouble(text);
        if (first < 0) return text;
        var result = new StringBuilder(text.Length + 32).Append(text, 0, first);
        for (var i = first; i < text.Length;)
        {
            var rune = Rune.TryGetRuneAt(text, i, out var r) ? r : Rune.ReplacementChar;
            i += char.IsSurrogate(text[i]) && Rune.TryGetRuneAt(text, i, out _) ? rune.Utf16SequenceLength : 1;
            if (IsTrouble(rune.Value)) result.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩");
            else result.Append(rune.ToString());
        }

        return result.ToString();
    }

    private static int IndexOfTrouble(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) ? !Rune.TryGetRuneAt(text, i, out var r) && !(i > 0 && Rune.TryGetRuneAt(text, i - 1, out _)) || IsTrouble(r.Value) : IsTrouble(text[i])) return i;
        return -1;
    }

    private static bool IsTrouble(int c) => c switch
    {
        '\n' or '\t' => false,
        < 0x20 or (>= 0x7F and < 0xA0) => true,
        0x00AD or 0x061C or 0x180E or 0x200B or 0x200E or 0x200F or 0xFEFF => true,
        >= 0x2028 and <= 0x202E => true,
        >= 0x2060 and <= 0x206F => true,
        >= 0xFFF9 and <= 0xFFFB => true,
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => false,
    };
}
