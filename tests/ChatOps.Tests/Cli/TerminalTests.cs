using ChatOps.Cli;
using ChatOps.Cli.Terminal;
using ChatOps.Messages;
using ChatOps.Policy;

namespace ChatOps.Tests.Cli;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("a\u001b[31mred\u001b[0mb", "aredb")]
    [InlineData("a\u001b]0;title\u0007b", "a\uFFFD]0;title\uFFFDb")]
    [InlineData("a\u001b[2Jb", "a\uFFFD[2Jb")]
    [InlineData("x\r\ny\rz", "x\ny\nz")]
    [InlineData("safe\u202Etxt.exe", "safe\uFFFDtxt.exe")]
    [InlineData("\u009b31m", "\uFFFD31m")]
    public void Nothing_from_outside_controls_the_terminal(string text, string expected)
    {
        Assert.Equal(expected, TerminalText.Inert(text));
    }

    [Fact]
    public void Colours_stay_where_they_are_wanted_and_nothing_else()
    {
        Assert.Equal("\u001b[1;31mred\u001b[0m\uFFFD[H", TerminalText.Inert("\u001b[1;31mred\u001b[0m\u001b[H", colours: true));
    }

    [Theory]
    [InlineData("**bold** and `code`", "bold and code")]
    [InlineData(@"\*not\* bold, snake_case, 2 \* 3", "*not* bold, snake_case, 2 * 3")]
    [InlineData("2 * 3 * 4", "2 * 3 * 4")]
    [InlineData(@"`a\b`", @"a\b")]
    [InlineData("[red]x[/]", "[red]x[/]")]
    public void Markdown_becomes_plain_words(string markdown, string expected)
    {
        Assert.Equal(expected, MarkdownText.Plain(markdown));
    }

    [Fact]
    public void Text_from_outside_is_never_markup_of_the_terminal_library()
    {
        Assert.Equal("[[red]]x[[/]]", MarkdownText.Markup("[red]x[/]"));
    }

    [Fact]
    public void A_pipe_gets_aligned_columns_and_no_escape_sequence()
    {
        var output = Print(new RichMessage(
        [
            new CardBlock("AB12CD", "Restart web", "pending", Risk.Change),
            new TableBlock(["Name", "State"], [["a", "ok"], ["longer", "failed\nbadly"]]),
            new FieldsBlock([new("One", "1"), new("Three", "3")]),
        ]));

        Assert.Equal("Restart web [change, pending] approval AB12CD\nName    State\na       ok\nlonger  failed badly\nOne    1\nThree  3\n", output);
    }

    [Fact]
    public void Several_outputs_have_titles_and_a_single_one_stands_alone()
    {
        Assert.Equal("x\n", Print(new RichMessage([new CodeBlock("x\n", "local · exit 0")])));
        Assert.Equal("one\nx\ntwo\ny\n", Print(new RichMessage([new CodeBlock("x", "one"), new CodeBlock("y\n", "two")])));
    }

    private static string Print(RichMessage message)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new MessagePrinter(new CliStreams(TextReader.Null, output, TextWriter.Null, false, false, false)).Print(message);
        return output.ToString();
    }
}
