using ChatOps.Messages;
using ChatOps.Tools.Run;

namespace ChatOps.Tests.Gate;

/// <summary>What differs between nodes is said shortly, and exactly.</summary>
public sealed class OutputDifferenceTests
{
    private static string Lines(int count, params (int Line, string Text)[] changed) =>
        string.Concat(Enumerable.Range(1, count).Select(i => changed.FirstOrDefault(c => c.Line == i).Text is { } text ? text : $"line {i}\n"));

    [Fact]
    public void A_line_that_is_different_stands_with_the_lines_around_it_and_its_place() =>
        Assert.Equal("@@ line 8 @@\n line 8\n line 9\n-line 10\n+other\n line 11\n line 12\n", OutputDifference.Of(Lines(40), Lines(40, (10, "other\n")), 3000));

    [Fact]
    public void Two_places_are_two_hunks() =>
        Assert.Equal(2, OutputDifference.Of(Lines(60), Lines(60, (10, "a\n"), (50, "")), 3000)!.Split("@@ line").Length - 1);

    [Theory]
    [InlineData("one\n", "two\n")]
    [InlineData("a\nb\nc\nd\n", "w\nx\ny\nz\n")]
    [InlineData("", "much\nmore\n")]
    public void What_has_hardly_anything_in_common_is_shown_as_it_is(string common, string other) => Assert.Null(OutputDifference.Of(common, other, 3000));

    [Fact]
    public void What_is_too_long_is_not_compared()
    {
        var far = string.Concat(Enumerable.Range(1, OutputDifference.MaxLines + 10).Select(i => $"x{i}\n"));
        Assert.Null(OutputDifference.Of(Lines(40) + far, Lines(40) + far.Replace("x", "y", StringComparison.Ordinal), 100_000));
    }

    [Fact]
    public async Task A_fan_out_folds_what_is_equal_and_shows_the_rest_as_differences_from_it()
    {
        await using var gate = await GateHarness.StartAsync();
        for (var i = 1; i <= 44; i++) gate.Fleet.Add($"web-{i}", ("role", "web"));
        gate.Fleet.Run = (r, _, _) => Task.FromResult(FakeFleet.Exited(0, r.Node is "web-7" or "web-9" ? Lines(30, (12, $"Testing {Testing.FakeRedactor.Secret}\n")) : Lines(30)));
        var outcome = await gate.RunAsync("ana", "read x", "role=web");
        var codes = outcome.Result!.Message.Blocks.OfType<CodeBlock>().ToList();
        Assert.Equal(2, codes.Count);
        Assert.StartsWith("42 nodes: ", codes[0].Title, StringComparison.Ordinal);
        Assert.Equal(Lines(30), codes[0].Text);
        Assert.StartsWith("2 nodes: web-7, web-9", codes[1].Title, StringComparison.Ordinal);
        Assert.EndsWith("against the 42 above", codes[1].Title, StringComparison.Ordinal);
        Assert.Contains("-line 12\n+Testing", codes[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("line 20", codes[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Testing.FakeRedactor.Secret, codes[1].Text, StringComparison.Ordinal);
        Assert.Single(outcome.Result.Message.Blocks.OfType<FileBlock>());
        Assert.Single(outcome.Result.Message.Blocks.OfType<PageBlock>());
    }
}
