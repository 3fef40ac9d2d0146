using ChatOps.Secrets.Neutral;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Secrets;

public sealed class NeutraliserTests
{
    [Theory]
    [InlineData("plain text\twith tab\nand line", "plain text\twith tab\nand line")]
    [InlineData("\x1b[1;31mred\x1b[0m", "red")]
    [InlineData("\x1b[2J\x1b[Hcleared", "cleared")]
    [InlineData("\x1b]0;owned title\x07text", "text")]
    [InlineData("\x1b]8;;https://evil/\x1b\\link\x1b]8;;\x1b\\", "link")]
    [InlineData("\x1bP+q544e\x1b\\x", "x")]
    [InlineData("\u009b31mx", "x")]
    [InlineData("\x1b(Bx", "x")]
    [InlineData("\x1b", "␛")]
    [InlineData("\x1b[31", "␛[31")]
    [InlineData("\x1b]0;never ends", "␛]0;never ends")]
    [InlineData("bell\a", "bell␇")]
    [InlineData("nul\0", "nul␀")]
    [InlineData("del\u007f", "del␡")]
    [InlineData("a\u202eb", "a⟨U+202E⟩b")]
    [InlineData("a\u2066b\u2069", "a⟨U+2066⟩b⟨U+2069⟩")]
    [InlineData("pay\u200bpal", "pay⟨U+200B⟩pal")]
    [InlineData("x\u200dy", "x⟨U+200D⟩y")]
    [InlineData("\ufeffx", "⟨U+FEFF⟩x")]
    [InlineData("a\u2028b", "a⟨U+2028⟩b")]
    [InlineData("a\u0085b", "a⟨U+0085⟩b")]
    [InlineData("tag\U000E0041", "tag⟨U+E0041⟩")]
    [InlineData("family 👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥", "family 👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥")]
    [InlineData("نامه\u200cای", "نامه\u200cای")]
    [InlineData("क्\u200dष", "क्\u200dष")]
    [InlineData("𝄞 music", "𝄞 music")]
    [InlineData("  0%\r 50%\r100%\ndone", "100%\ndone")]
    [InlineData("long text\rno", "nong text")]
    [InlineData("long text\r\x1b[Kno", "no")]
    [InlineData("line\r\nline\r\n", "line\nline\n")]
    [InlineData("N\bNA\bAM\bME\bE", "NAME")]
    [InlineData("_\bx", "x")]
    [InlineData("harmless\rrm -rf", "rm -rfss")]
    public void What_could_mislead_is_removed_or_made_visible(string text, string expected)
    {
        Assert.Equal(expected, Neutraliser.Neutralise(text, keepColours: false));
        Assert.Equal(expected, Neutraliser.Neutralise(expected, keepColours: false));
    }

    [Theory]
    [InlineData("\x1b[1;31mred\x1b[0m", "\x1b[1;31mred\x1b[0m")]
    [InlineData("\x1b[38:2:1:2:3mx\x1b[2J", "\x1b[38:2:1:2:3mx")]
    [InlineData("\x1b[31ma\r\x1b[32mb\x1b[0m", "\x1b[32mb\x1b[0m")]
    [InlineData("\x1b[>4;1mx", "x")]
    public void Colours_stay_when_they_are_wanted(string text, string expected) => Assert.Equal(expected, Neutraliser.Neutralise(text, keepColours: true));

    [Fact]
    public void Nothing_dangerous_is_left_of_any_text()
    {
        var characters = Gen.Elements("\x1b\x1b[];mKP\\\a\r\b\n\t a1\0\u007f\u009b\u009d\u200d\u200e\u202e\u2066\u2028\ufeff\ud83d\ude00\udb40\udc41ا".ToCharArray());
        Prop.ForAll(Gen.ListOf(characters).Select(list => new string([.. list])).ToArbitrary(), text =>
        {
            var output = Neutraliser.Neutralise(text, keepColours: false);
            return !output.Any(character => (char.IsControl(character) && character is not ('\n' or '\t')) || character is '\u202e' or '\u2066' or '\u200e' or '\u2028' or '\ufeff')
                && Neutraliser.Neutralise(output, keepColours: false) == output;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20000));
    }
}
