using System.Globalization;
using System.Text;
using ChatOps.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Rendering;

public sealed class TextSplitterTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3000);

    private static readonly string[] Pieces =
        ["word", "a longer row of words", "\n", "\n\n", " ", "```", "```sh\n", "\n```\n", "\n```", "👩‍👩‍👧", "e\u0301", "漢字", "🇩🇪", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "-", "\ud800"];

    private static readonly Func<string, int>[] Countings =
        [s => s.Length, s => Encoding.UTF8.GetByteCount(s), s => new StringInfo(s).LengthInTextElements, s => s.EnumerateRunes().Count(), s => s.Replace("&", "&amp;", StringComparison.Ordinal).Length];

    private static Gen<string> Texts => Gen.Elements(Pieces).ListOf().Select(parts => string.Concat(parts));

    [Fact]
    public void No_piece_is_over_the_limit_by_any_counting()
    {
        var cases = from text in Texts from limit in Gen.Choose(TextSplitter.MinFencedLimit + 32, 300) from counting in Gen.Elements(Countings) select (text, limit, counting);

        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), c => TextSplitter.Split(c.text, c.limit, c.counting).All(p => c.counting(p) <= c.limit)));
    }

    [Fact]
    public void Nothing_is_lost_and_the_order_stays()
    {
        var cases = from text in Texts from limit in Gen.Choose(64, 300) select (text, limit);

        // Fences are closed and opened again, so that there may be more of them, and of what stands behind them; never less of anything else.
        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), c =>
            IsWithin(Solid(c.text), Solid(string.Concat(TextSplitter.Split(c.text, c.limit, s => s.Length))))));
    }

    [Fact]
    public void Without_fences_only_one_line_end_or_space_is_gone_at_a_cut()
    {
        var cases = from text in Texts from limit in Gen.Choose(1, 60) select (text, limit);

        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var pieces = TextSplitter.Split(c.text, c.limit, s => s.Length, fenced: false);
            return Words(string.Concat(pieces)) == Words(c.text) && c.text.Length - pieces.Sum(p => p.Length) < Math.Max(2, pieces.Count + 1);
        }));
    }

    [Fact]
    public void Fences_are_balanced_in_every_piece()
    {
        var cases = from text in Texts from limit in Gen.Choose(64, 300) select (text, limit);

        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), c =>
            TextSplitter.Split(c.text, c.limit, s => s.Length).All(p => !EndsInFence(p))));
    }

    [Fact]
    public void No_emoji_and_no_combined_letter_is_cut_in_two()
    {
        var cases = from emoji in Gen.Elements("👩‍👩‍👧", "e\u0301", "🇩🇪", "👍🏽") from count in Gen.Choose(1, 200) from limit in Gen.Choose(12, 80) select (emoji, count, limit);

        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), c =>
            TextSplitter.Split(string.Concat(Enumerable.Repeat(c.emoji, c.count)), c.limit, s => s.Length, fenced: false)
                .All(p => p.Length % c.emoji.Length == 0 && p.StartsWith(c.emoji, StringComparison.Ordinal))));
    }

    [Fact]
    public void It_cuts_at_lines_before_words_and_at_words_before_letters()
    {
        Assert.Equal(["first line here", "second line"], TextSplitter.Split("first line here\nsecond line", 20, s => s.Length, fenced: false));
        Assert.Equal(["some words that", "go on"], TextSplitter.Split("some words that go on", 17, s => s.Length, fenced: false));
        Assert.Equal(["abcdef", "ghij"], TextSplitter.Split("abcdefghij", 6, s => s.Length, fenced: false));
    }

    [Fact]
    public void A_cut_fence_is_closed_and_opened_again_as_it_was()
    {
        var pieces = TextSplitter.Split("Look:\n```sh\n" + string.Join('\n', Enumerable.Range(1, 12).Select(i => $"line {i}")) + "\n```\nDone.", 60, s => s.Length);

        Assert.True(pieces.Count > 1);
        Assert.EndsWith("\n```", pieces[0], StringComparison.Ordinal);
        Assert.StartsWith("```sh\nline", pieces[1], StringComparison.Ordinal);
        Assert.EndsWith("Done.", pieces[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_tail_begins_at_a_whole_character()
    {
        Check.One(Many, Prop.ForAll((from text in Texts from limit in Gen.Choose(0, 100) select (text, limit)).ToArbitrary(), c =>
        {
            var tail = TextSplitter.Tail(c.text, c.limit);
            return tail.Length <= Math.Max(c.limit, 0) && c.text.EndsWith(tail, StringComparison.Ordinal) && (tail.Length == 0 || !char.IsLowSurrogate(tail[0]));
        }));
    }

    [Fact]
    public async Task A_long_text_is_split_in_bounded_time()
    {
        var text = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"{i} some words of a line"));

        IReadOnlyList<string> pieces = [];
        var cost = await Task.Run(() => Testing.ThreadTime.Of(() => pieces = TextSplitter.Split(text, 2000, s => s.Length)), TestContext.Current.CancellationToken)
            .WaitAsync(Testing.Until.Limit, TestContext.Current.CancellationToken);

        Assert.True(cost < TimeSpan.FromSeconds(10), $"It took {cost}.");
        Assert.True(pieces.Count < text.Length / 1000);
    }

    [Fact]
    public void Pages_of_Markdown_fit_and_keep_every_word_and_its_style()
    {
        static int Rendered(MarkdownLine line) => line.Spans.Sum(s => s.Text.Length + (s.Style == MarkdownStyle.Plain ? 0 : 7)) + line.Marker.Length;
        var cases = from text in Gen.Elements("word ", "**bold words** ", "`code`", "\n", "- ", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "👩‍👩‍👧").ListOf().Select(p => string.Concat(p)) from limit in Gen.Choose(30, 90) select (text, limit);

        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var lines = RestrictedMarkdown.Parse(c.text);
            var pages = MarkdownPages.Split(lines, c.limit, Rendered);
            static string Words(IEnumerable<MarkdownLine> all) => string.Concat(all.SelectMany(l => l.Spans).SelectMany(s => s.Text.Where(x => x != ' ').Select(x => $"{x}{(int)s.Style}")));
            return pages.All(p => p.Sum(l => Rendered(l) + 1) - 1 <= c.limit) && Words(pages.SelectMany(p => p)) == Words(lines);
        }));
    }

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string Solid(string text) => Words(text.Replace("`", "", StringComparison.Ordinal));

    private static bool IsWithin(string part, string whole)
    {
        var found = 0;
        foreach (var c in whole)
        {
            if (found < part.Length && part[found] == c) found++;
        }

        return found == part.Length;
    }

    private static bool EndsInFence(string text)
    {
        var open = false;
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            if (open ? line == "```" : line.StartsWith("```", StringComparison.Ordinal) && line.Length <= 19 && !line[3..].Contains('`', StringComparison.Ordinal)) open = !open;
        }

        return open;
    }
}
