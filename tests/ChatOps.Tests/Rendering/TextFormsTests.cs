using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Rendering;

public sealed class TextFormsTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void A_short_text_is_shown_whole()
    {
        var text = LongText.Of("one\ntwo\n");

        Assert.Equal(("one\ntwo\n", 0), (text.Shown, text.LinesLeftOut));
        Assert.False(text.IsCut);
    }

    [Fact]
    public void A_long_text_shows_its_head_and_its_tail_and_how_much_is_missing()
    {
        var text = LongText.Of(string.Join('\n', Enumerable.Range(1, 100)), maxLines: 10);

        Assert.Equal("1\n2\n3\n… 91 lines left out …\n95\n96\n97\n98\n99\n100", text.Shown);
        Assert.Equal(91, text.LinesLeftOut);
    }

    [Fact]
    public void What_is_shown_of_a_long_text_is_bounded_and_the_count_is_right()
    {
        var cases = from lines in Gen.Elements("", "short", "a line of several words", new string('x', 300), "👩‍👩‍👧👩‍👩‍👧").ListOf()
                    from most in Gen.Choose(3, 30)
                    from characters in Gen.Choose(100, 2000)
                    select (lines, most, characters);

        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var whole = string.Join('\n', c.lines);
            var text = LongText.Of(whole, c.most, c.characters);
            if (!text.IsCut) return text.Shown == whole;
            var shown = text.Shown.Split('\n');
            return shown.Length <= c.most && text.Shown.Length <= c.characters && shown.Any(l => l.StartsWith($"… {text.LinesLeftOut} line", StringComparison.Ordinal));
        }));
    }

    [Fact]
    public void One_enormous_line_shows_its_beginning_and_its_end()
    {
        var text = LongText.Of("begin" + new string('x', 10_000) + "end");

        Assert.StartsWith("begin", text.Shown, StringComparison.Ordinal);
        Assert.EndsWith("end", text.Shown, StringComparison.Ordinal);
        Assert.True(text.Shown.Length <= LongText.ReadableCharacters);
    }

    [Fact]
    public void A_table_that_fits_is_a_grid()
    {
        var table = new TableBlock(["Node", "State"], [["web-1", "online"], ["漢字", "offline"]]);

        var text = TableText.Of(table, TableText.PhoneColumns);

        Assert.True(text.IsGrid);
        Assert.Equal("Node   State\nweb-1  online\n漢字   offline", text.Text);
    }

    [Fact]
    public void A_table_that_is_too_wide_is_one_record_a_row()
    {
        var table = new TableBlock(["Node", "State", "Note"], [["web-1", "online", "a note that makes the row far too wide for a phone"], ["web-2", "offline", ""]]);

        var text = TableText.Of(table, TableText.PhoneColumns);

        Assert.False(text.IsGrid);
        Assert.Equal("web-1\nState: online\nNote: a note that makes the row far too wide for a phone\n\nweb-2\nState: offline", text.Text);
    }

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m text", "red text")]
    [InlineData("10%\r20%\r100%\nok", "100%\nok")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("\u001b]0;title\u0007shown", "shown")]
    [InlineData("\u001b]8;;https://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("bad\u202eorder\u0008", "bad⟨U+202E⟩order⟨U+0008⟩")]
    [InlineData("cut \u001b[3", "cut ")]
    public void Terminal_text_is_what_a_reader_of_the_terminal_saw(string text, string expected) => Assert.Equal(expected, TerminalText.Plain(text));

    [Fact]
    public void A_lone_surrogate_is_replaced_and_emoji_and_right_to_left_text_stay() => Assert.Equal("\ufffd 👩‍👩‍👧 שלום", InertText.Of("\ud800 👩‍👩‍👧 שלום"));

    [Fact]
    public void A_whole_message_as_plain_text_holds_everything_but_the_buttons()
    {
        var message = new RichMessage(
        [
            new CardBlock("k7m2qx9a", "Restart nginx", "pending", Risk.Change), new TextBlock("**Hello** " + PlainText.Escape("*you*"), Tone.Ok), new CodeBlock("\u001b[1muptime\u001b[0m", "web-1"),
            new FieldsBlock([new("Where", "web-1"), new("Why", "slow")]), new TableBlock(["A", "B"], [["1", "2"]]), new ProgressBlock("Copies", 3, 7), new FileBlock("out.txt", "f1", 2048),
            new ActionsBlock([new("t", "Go", ActionStyle.Primary)]),
        ]);

        Assert.Equal(
            "Restart nginx\nchange · pending · approval k7m2qx9a\n\n✅ Hello *you*\n\nweb-1\nuptime\n\nWhere: web-1\nWhy: slow\n\nA  B\n1  2\n\nCopies: 3 of 7\n\nout.txt (2 KiB)",
            PlainMessage.Of(message));
    }
}
