using ChatOps.Checks;
using ChatOps.Checks.Runbooks;
using ChatOps.Tests.Gate;

namespace ChatOps.Tests.Checks.Runbooks;

/// <summary>Which note is for which finding.</summary>
public sealed class RunbookMatchingTests
{
    private static readonly FakeFleet Fleet = new(new ChatOps.Testing.FakeTimeProvider());

    [Theory]
    [InlineData("checks: [mem]", true)]
    [InlineData("checks: [me*]", true)]
    [InlineData("checks: ['*m']", true)]
    [InlineData("checks: ['*mm*']", false)]
    [InlineData("checks: [disk, mem]", true)]
    [InlineData("checks: [memory]", false)]
    [InlineData("kinds: [memory]", true)]
    [InlineData("kinds: [disk]", false)]
    [InlineData("levels: [critical]", true)]
    [InlineData("levels: [warning]", false)]
    [InlineData("words: ['in USE']", true)]
    [InlineData("words: [MemAvailable]", true)]
    [InlineData("words: [OutOfMemory]", false)]
    [InlineData("nodes: web-*", true)]
    [InlineData("nodes: db-*", false)]
    [InlineData("checks: [mem], levels: [warning]", false)]
    public void Whatever_is_given_must_fit(string match, bool fits)
    {
        Fleet.Add("web-1");

        var note = SomeNotes.Good(SomeNotes.Text(match: match));

        Assert.Equal(fits, RunbookMatching.Fits(note.Match, SomeNotes.Finding(), Fleet.All()));
    }

    [Fact]
    public void A_node_that_is_no_member_any_more_fits_no_selector() =>
        Assert.False(RunbookMatching.Fits(new RunbookMatch { Nodes = "gone" }, SomeNotes.Finding(targets: "gone"), []));

    [Fact]
    public void Of_several_notes_the_one_that_says_most_exactly_what_it_is_for_is_taken()
    {
        var notes = new[] { "kinds: [memory]", "checks: [m*]", "checks: [mem]", "levels: [critical], kinds: [memory]" }
            .Select((m, i) => SomeNotes.Good(SomeNotes.Text(match: m)) with { Name = $"n{i}" }).ToList();

        Assert.Equal("n2", new RunbookSet(notes, []).For(SomeNotes.Finding(), [])?.Name);
        Assert.Equal("n1", new RunbookSet([.. notes.Where(n => n.Name != "n2")], []).For(SomeNotes.Finding(), [])?.Name);
        Assert.Null(new RunbookSet(notes, []).For(SomeNotes.Finding("disk", "disk"), []));
    }
}
