using ChatOps.Fleet;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Node;

public sealed class LineDiffTests
{
    [Fact]
    public void Far_changes_get_hunks_of_their_own()
    {
        var before = string.Concat(Enumerable.Range(1, 30).Select(number => $"{number}\n"));
        var after = before.Replace("\n2\n", "\ntwo\n", StringComparison.Ordinal).Replace("\n29\n", "\n", StringComparison.Ordinal);
        Assert.Equal("@@ -1,5 +1,5 @@\n 1\n-2\n+two\n 3\n 4\n 5\n@@ -26,5 +26,4 @@\n 26\n 27\n 28\n-29\n 30\n", LineDiff.Of(before, after, out var complete));
        Assert.True(complete);
    }

    [Fact]
    public void A_missing_last_newline_is_said() =>
        Assert.Equal("@@ -1,1 +1,1 @@\n-a\n+a\n\\ no newline at the end\n", LineDiff.Of("a\n", "a", out _));

    [Fact]
    public void A_long_change_says_that_it_is_not_complete()
    {
        LineDiff.Of("", string.Concat(Enumerable.Repeat("x\n", 10_000)), out var complete);
        Assert.False(complete);
    }

    [Fact]
    public void The_added_and_the_common_lines_are_the_new_text()
    {
        var texts = Gen.ListOf(Gen.Elements("a", "b", "c")).Select(lines => string.Concat(lines.Take(12).Select(line => line + "\n"))).ToArbitrary();
        Prop.ForAll(texts, texts, (before, after) =>
        {
            var diff = LineDiff.Of(before, after, out _);
            var lines = diff.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var removed = lines.Where(line => line[0] == '-').Count();
            var added = lines.Where(line => line[0] == '+').Count();
            return (before == after) == (diff.Length == 0) && before.Length / 2 - removed + added == after.Length / 2;
        }).QuickCheckThrowOnFailure();
    }
}
