using ChatOps.Messages;
using ChatOps.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Rendering;

public sealed class RestrictedMarkdownTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3000);

    private static readonly string[] Pieces =
        ["a", "b c", "*", "**", "***", "****", "_", "__", "`", "``", "```", "\\", "\\*", "[", "](", ")", "![", "- ", "1. ", "> ", "# ", "\n", " ", "  ", "@everyone", "<b>", "&amp;", "é", "👩‍👩‍👧", "\ud800", "\u202e", "\0"];

    private static Gen<string> Hostile => Gen.Elements(Pieces).ListOf().Select(parts => string.Concat(parts));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("**bold** and *italic* and _too_", "<B:bold> and <I:italic> and <I:too>")]
    [InlineData("***both***", "<BI:both>")]
    [InlineData("**a *b* c**", "<B:a ><BI:b><B: c>")]
    [InlineData("`code * x`", "<C:code * x>")]
    [InlineData("`` a ` b ``", "<C:a ` b>")]
    [InlineData("**see `x`**", "<B:see ><BC:x>")]
    [InlineData("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name")]
    [InlineData("**open and `open", "**open and `open")]
    [InlineData(@"\*not\* \_this\_ \\ \`x\`", @"*not* _this_ \ `x`")]
    [InlineData("[words](https://x.example/a)", "words (https://x.example/a)")]
    [InlineData("![cat](https://x.example/c.png)", "cat (https://x.example/c.png)")]
    [InlineData("[not a link]", "[not a link]")]
    [InlineData("# Heading", "<B:Heading>")]
    [InlineData("#no-heading", "#no-heading")]
    public void Reads_a_line(string markdown, string expected) =>
        Assert.Equal(expected, string.Concat(Assert.Single(RestrictedMarkdown.Parse(markdown)).Spans.Select(Show)));

    [Fact]
    public void Reads_lists_quotes_and_fences()
    {
        var lines = RestrictedMarkdown.Parse("Do:\n- one\n  * **two**\n3. three\n> said\n\n```sh\nls *x*\n\n```\nend");

        Assert.Equal(
            ["Text:Do:", "Bullet:• one", "Bullet:  • two", "Bullet:3. three", "Quote:said", "Text:", "Code:ls *x*", "Code:", "Text:end"],
            lines.Select(l => $"{l.Kind}:{new string(' ', l.Depth * 2)}{(l.Marker.Length > 0 ? l.Marker + " " : "")}{l.Text}"));
    }

    [Fact]
    public void Escaped_text_comes_back_as_it_was()
    {
        Check.One(Many, Prop.ForAll(Gen.OneOf(Hostile, ArbMap.Default.GeneratorFor<string>().Where(s => s is not null)).ToArbitrary(), text =>
        {
            var lines = RestrictedMarkdown.Parse(PlainText.Escape(text));
            return lines.All(l => l.Kind == MarkdownLineKind.Text && l.Spans.All(s => s.Style == MarkdownStyle.Plain))
                && Words(string.Join('\n', lines.Select(l => l.Text))) == Words(text.ReplaceLineEndings("\n"));
        }));
    }

    [Fact]
    public void Whatever_is_written_neighbouring_spans_differ_and_hold_text()
    {
        Check.One(Many, Prop.ForAll(Hostile.ToArbitrary(), text => RestrictedMarkdown.Parse(text).All(l =>
            l.Spans.All(s => s.Text.Length > 0) && l.Spans.Zip(l.Spans.Skip(1)).All(p => p.First.Style != p.Second.Style || p.Second.Style.HasFlag(MarkdownStyle.Code)))));
    }

    [Theory]
    [InlineData("*a ")]
    [InlineData("[")]
    [InlineData("`")]
    [InlineData("_x*")]
    [InlineData("![](")]
    public async Task A_very_long_row_of_marks_is_read_in_bounded_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, InboundMessage.MaxTextLength / piece.Length));

        IReadOnlyList<MarkdownLine> lines = [];
        var cost = await Task.Run(() => Testing.ThreadTime.Of(() => lines = RestrictedMarkdown.Parse(text)), TestContext.Current.CancellationToken)
            .WaitAsync(Testing.Until.Limit, TestContext.Current.CancellationToken);

        Assert.True(cost < TimeSpan.FromSeconds(5), $"It took {cost}.");
        Assert.Equal(text.Length, lines.Sum(l => l.Text.Length), text.Length / 2.0);
    }

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string Show(MarkdownSpan span)
    {
        var marks = (span.Style.HasFlag(MarkdownStyle.Bold) ? "B" : "") + (span.Style.HasFlag(MarkdownStyle.Italic) ? "I" : "") + (span.Style.HasFlag(MarkdownStyle.Code) ? "C" : "");
        return marks.Length == 0 ? span.Text : $"<{marks}:{span.Text}>";
    }
}
