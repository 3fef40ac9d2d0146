using ChatOps.Console.Text;

namespace ChatOps.Tests.Console;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[31mred\u001b[0m", "red:a-f1")]
    [InlineData("\u001b[91;44mx", "x:a-f9 a-b4")]
    [InlineData("\u001b[1mb\u001b[22mn", "b:a-bold|n")]
    [InlineData("\u001b[mx", "x")]
    [InlineData("\u001b[38;5;196mx", "x:a-f9")]
    [InlineData("\u001b[38;2;10;200;20mx", "x:a-f2")]
    [InlineData("\u001b[38;5mx", "x")]
    [InlineData("\u001b[999mx", "x")]
    [InlineData("\u001b[2J\u001b[Hx", "x")]
    [InlineData("\u001b]0;title\ax", "x")]
    [InlineData("\u001b]8;;https://evil.example\u001b\\x\u001b]8;;\u001b\\", "x")]
    [InlineData("\u001b(Bx", "x")]
    [InlineData("10%\r50%\r100%", "100%")]
    [InlineData("10%\r50%\r", "50%")]
    [InlineData("10%\r50%\r\r\ndone", "50%|done")]
    [InlineData("x\u001b", "x")]
    [InlineData("x\u001b[31", "x")]
    public void Sequences_become_styles_or_vanish(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', AnsiText.Lines(text).SelectMany(l => l).Select(r => r.Classes.Length == 0 ? r.Text : $"{r.Text}:{r.Classes}")));

    [Fact]
    public void A_colour_goes_on_over_the_end_of_a_line() =>
        Assert.Equal(["a-f2", "a-f2"], AnsiText.Lines("\u001b[32mone\ntwo").Select(l => l[0].Classes));

    [Fact]
    public void A_newline_at_the_end_makes_no_line_and_an_empty_line_is_one() => Assert.Equal(3, AnsiText.Lines("a\n\nb\n").Count);

    [Fact]
    public void A_megabyte_of_sequences_takes_linear_time()
    {
        var lines = AnsiText.Lines(string.Concat(Enumerable.Repeat("\u001b[31mx\u001b[0m", 100_000)));
        Assert.Equal(100_000, Assert.Single(lines).Count);
    }
}
