using System.Globalization;
using System.Text;

namespace ChatOps.Rendering;

/// <summary>
/// Makes visible what would deceive a reader: control characters, bidirectional controls, zero-width and tag characters are shown as their code. Ordinary
/// right-to-left text and emoji sequences stay as they are. The platform's own markup is the adapter's business.
/// </summary>
public static class InertText
{
    /// <summary>The text with everything deceiving made visible; newlines and tabs stay.</summary>
    public static string Of(string text)
    {
        StringBuilder? result = null;
        for (var i = 0; i < text.Length;)
        {
            // A lone surrogate is no character at all, and no platform takes it.
            var whole = Rune.TryGetRuneAt(text, i, out var rune);
            var length = whole ? rune.Utf16SequenceLength : 1;
            if (!whole || IsTrouble(rune.Value))
            {
                result ??= new StringBuilder(text.Length + 32).Append(text, 0, i);
                if (whole) result.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩");
                else result.Append(Rune.ReplacementChar.ToString());
            }
            else
            {
                result?.Append(text, i, length);
            }

            i += length;
        }

        return result?.ToString() ?? text;
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
