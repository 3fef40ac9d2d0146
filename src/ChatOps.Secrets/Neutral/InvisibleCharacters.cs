using System.Buffers;
using System.Globalization;
using System.Text;

namespace ChatOps.Secrets.Neutral;

/// <summary>Characters that a reader does not see, or that change what a reader sees elsewhere.</summary>
internal static class InvisibleCharacters
{
    /// <summary>Controls (tab and newline aside), bidirectional controls, zero-width characters, separators, and the lead surrogate of tag characters.</summary>
    public static SearchValues<char> Suspects { get; } = SearchValues.Create(
        Range('\0', '\u0008') + Range('\u000b', '\u001f') + Range('\u007f', '\u009f')
        + "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
        + Range('\u2060', '\u206f') + "\u3164\ufeff\uffa0\ufff9\ufffa\ufffb\ud834\udb40");

    private const char ZeroWidthNonJoiner = '\u200c', ZeroWidthJoiner = '\u200d', VariationSelector = '\ufe0f';

    /// <summary>Whether the code point at a place is invisible, and how many characters it has.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">A place where <see cref="Suspects"/> has the character.</param>
    /// <param name="length">One, or two for a surrogate pair.</param>
    public static bool IsInvisible(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        var character = text[at];
        if (char.IsHighSurrogate(character))
        {
            if (at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1]))
                return false;

            // Tag characters and variation selectors (plane 14), invisible musical controls.
            length = 2;
            var point = char.ConvertToUtf32(character, text[at + 1]);
            return point is >= 0xE0000 and <= 0xE0FFF or >= 0x1D173 and <= 0x1D17A;
        }

        return character switch
        {
            ZeroWidthJoiner => !JoinsEmoji(text, at) && !JoinsLetters(text, at),
            ZeroWidthNonJoiner => !JoinsLetters(text, at),
            _ => true,
        };
    }

    // 👩‍💻: a picture (or its variation selector or skin tone) on both sides.
    private static bool JoinsEmoji(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || at + 1 >= text.Length)
            return false;

        var before = text[at - 1] == VariationSelector && at > 1 ? Before(text, at - 1) : Before(text, at);
        return IsPicture(before) && Rune.DecodeFromUtf16(text[(at + 1)..], out var after, out _) == OperationStatus.Done && IsPicture(after);
    }

    // Scripts whose shaping needs joiners: Arabic, Syriac, the Indic and South-East Asian ones, Mongolian.
    private static bool JoinsLetters(ReadOnlySpan<char> text, int at) =>
        at > 0 && at + 1 < text.Length && IsShaped(text[at - 1]) && IsShaped(text[at + 1]);

    private static bool IsShaped(char character) =>
        character is (>= '\u0600' and <= '\u07bf') or (>= '\u0860' and <= '\u0dff') or (>= '\u1000' and <= '\u109f') or (>= '\u1780' and <= '\u18af') or (>= '\ufb50' and <= '\ufdff')
        && CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static Rune Before(ReadOnlySpan<char> text, int at) =>
        Rune.DecodeLastFromUtf16(text[..at], out var rune, out _) == OperationStatus.Done ? rune : Rune.ReplacementChar;

    private static bool IsPicture(Rune rune) =>
        rune.Value is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2190 and <= 0x21FF) or (>= 0x2300 and <= 0x23FF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF);

    private static string Range(char first, char last) => string.Concat(Enumerable.Range(first, last - first + 1).Select(value => (char)value));
}
