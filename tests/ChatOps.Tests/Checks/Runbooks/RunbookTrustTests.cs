using ChatOps.Checks;
using ChatOps.Checks.Runbooks;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Checks.Runbooks;

/// <summary>Trust climbs by people on a record, and falls by itself.</summary>
public sealed class RunbookTrustTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("observe", RunbookTrust.Observe)]
    [InlineData("suggest", RunbookTrust.Suggest)]
    [InlineData("approve", RunbookTrust.Approve)]
    [InlineData("auto", RunbookTrust.Approve)]
    public void A_file_alone_never_lets_a_note_run_without_a_card(string written, RunbookTrust stands) =>
        Assert.Equal(stands, RunbookTrusts.Of(SomeNotes.Good(SomeNotes.Text(written)), null).Trust);

    [Fact]
    public void It_climbs_to_auto_only_after_enough_verified_runs_in_a_row()
    {
        var note = SomeNotes.Good(SomeNotes.Text("auto"));
        var state = RunbookTrusts.Of(note, null);
        for (var runs = 0; runs < RunbookBounds.VerifiedForAuto; runs++)
        {
            Assert.Contains("verified", RunbookTrusts.WhyNotClimb(state, RunbookTrust.Auto), StringComparison.Ordinal);
            state = RunbookTrusts.Of(note, RunbookTrusts.After(state, RunbookEnds.Verified, "", Now));
        }

        Assert.Null(RunbookTrusts.WhyNotClimb(state, RunbookTrust.Auto));
        var failed = RunbookTrusts.Of(note, RunbookTrusts.After(state, RunbookEnds.Failed, "it failed", Now));
        Assert.NotNull(RunbookTrusts.WhyNotClimb(failed, RunbookTrust.Auto));
    }

    [Fact]
    public void It_never_climbs_above_what_its_file_allows_nor_two_steps_at_once()
    {
        var approve = RunbookTrusts.Of(SomeNotes.Good(SomeNotes.Text("approve")), null);
        Assert.Contains("its file allows approve at most", RunbookTrusts.WhyNotClimb(approve, RunbookTrust.Auto), StringComparison.Ordinal);

        var note = SomeNotes.Good(SomeNotes.Text("auto"));
        var low = RunbookTrusts.Of(note, new RunbookRecord(note.Name, RunbookTrust.Observe, note.Digest, 9, 0, "ana", "", Now));
        Assert.Contains("one step at a time", RunbookTrusts.WhyNotClimb(low, RunbookTrust.Approve), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_changed_are_not_trusted_as_those_were_and_begin_a_record_of_their_own()
    {
        var before = SomeNotes.Good(SomeNotes.Text("auto"));
        var record = new RunbookRecord(before.Name, RunbookTrust.Auto, before.Digest, 7, 1, "ana", "seven clean runs", Now);
        Assert.Equal(RunbookTrust.Auto, RunbookTrusts.Of(before, record).Trust);

        var changed = RunbookTrusts.Of(SomeNotes.Good(SomeNotes.Text("auto", step: "run \"systemctl stop cache\" --on {node}")), record);
        Assert.Equal((RunbookTrust.Approve, 0), (changed.Trust, changed.Record!.Verified));
        Assert.NotNull(RunbookTrusts.WhyNotClimb(changed, RunbookTrust.Auto));
    }

    [Fact]
    public void Whatever_happened_it_stands_between_observe_and_its_file_and_a_failure_never_leaves_it_at_auto() => Prop.ForAll<byte, byte, bool[]>((written, decided, runs) =>
    {
        var ceiling = (RunbookTrust)(written % 4);
        var note = SomeNotes.Good(SomeNotes.Text(RunbookTrusts.Word(ceiling)));
        var state = RunbookTrusts.Of(note, new RunbookRecord(note.Name, (RunbookTrust)(decided % 4), note.Digest, 0, 0, "ana", "", Now));
        foreach (var good in runs)
        {
            var before = state.Trust;
            state = RunbookTrusts.Of(note, RunbookTrusts.After(state, good ? RunbookEnds.Verified : RunbookEnds.Failed, "", Now));
            if (state.Trust > ceiling || state.Trust > before || (!good && state.Trust == RunbookTrust.Auto)) return false;
        }

        return true;
    }).QuickCheckThrowOnFailure();
}
