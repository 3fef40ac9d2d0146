using System.Globalization;
using System.Text;

namespace ChatOps.Agent.Skills;

/// <summary>Characters that a reader does not see and a model does. Emoji sequences and ordinary right-to-left text are no such thing.</summary>
internal static class HiddenCharacters
{
    private const int ZeroWidthJoiner = 0x200D;
    private const int VariationText = 0xFE0E;
    private const int VariationEmoji = 0xFE0F;
    private const int ByteOrderMark = 0xFEFF;

    /// <summary>The first kind in a line; null for none.</summary>
    public static (string Rule, string Reason)? Find(string line, bool first)
    {
        var before = 0;
        var index = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            var code = rune.Value;
            if (code is >= 0xE0000 and <= 0xE007F && !IsFlag(line))
                return ("tag-characters", "It holds tag characters (U+E0000 to U+E007F): a text inside the text that nobody sees.");
            if (code is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
                return ("bidi-control", $"It holds a control of writing direction ({Name(code)}): what is read is in another order than what stands there.");
            if (IsInvisible(code) && !IsPartOfEmoji(code, before) && !(first && index == 0 && code == ByteOrderMark))
                return ("hidden-character", $"It holds a character without width ({Name(code)}); words can be hidden in or by it.");
            before = code;
            index++;
        }

        return null;
    }

    /// <summary>The line as it is read.</summary>
    public static string Without(string line)
    {
        var text = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes().Where(r => !IsInvisible(r.Value) && r.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0xE0000 and <= 0xE01EF)))) text.Append(rune);
        return text.ToString().TrimEnd('\r');
    }

    private static bool IsInvisible(int code) =>
        code is 0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180E or 0x3164 or 0xFFA0 or ByteOrderMark or VariationText or VariationEmoji
            or (>= 0x200B and <= 0x200F) or (>= 0x2060 and <= 0x2065) or (>= 0x206A and <= 0x206F) or (>= 0xFE00 and <= 0xFE0D) or (>= 0xE0100 and <= 0xE01EF)
        || (code < 0x20 && code is not (0x09 or 0x0D)) || code is >= 0x7F and < 0xA0;

    // Joiners and variation selectors belong to emoji, and joiners to the writing of some languages.
    private static bool IsPartOfEmoji(int code, int before) => code switch
    {
        VariationText or VariationEmoji => before is 0x23 or 0x2A or (>= 0x30 and <= 0x39) || IsSymbol(before),
        ZeroWidthJoiner => before == VariationEmoji || IsSymbol(before) || IsJoiningScript(before),
        0x200C => IsJoiningScript(before),
        0x200E or 0x200F => IsJoiningScript(before),
        _ => false,
    };

    private static bool IsSymbol(int code) => code >= 0x80 && Rune.IsValid(code) && Rune.GetUnicodeCategory(new Rune(code)) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol;

    private static bool IsJoiningScript(int code) => code is (>= 0x0590 and <= 0x08FF) or (>= 0x0900 and <= 0x0DFF) or (>= 0xFB1D and <= 0xFEFC);

    // England, Scotland and Wales: a black flag with a few tag letters behind it.
    private static bool IsFlag(string line) =>
        line.Contains("\U0001F3F4\U000E0067\U000E0062", StringComparison.Ordinal) && line.EnumerateRunes().Count(r => r.Value is >= 0xE0000 and <= 0xE007F) <= 6 * line.EnumerateRunes().Count(r => r.Value == 0x1F3F4);

    private static string Name(int code) => string.Create(CultureInfo.InvariantCulture, $"U+{code:X4}");
}
