using ChatOps.Checks;
using ChatOps.Checks.Files;
using ChatOps.Checks.States;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Checks;

/// <summary>Laws of the state machine: nothing flaps, nothing is believed too soon, nothing is missed.</summary>
public sealed class CheckMachineTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CheckDefinition Disk = SomeChecks.Of("name: disk, kind: disk, on: all, warn: 80, critical: 90, hysteresis: 5, retries: 2, recover: 3");

    [Fact]
    public void A_single_bad_look_between_good_ones_is_never_believed()
    {
        Prop.ForAll(Gen.ListOf(Gen.Elements(10.0, 95.0)).ToArbitrary(), values =>
        {
            // Every bad value is followed by a good one.
            var state = Run(Disk, [.. values.SelectMany(v => new[] { v, 10.0 })]);
            return state.Level is CheckLevel.Ok or CheckLevel.Pending;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void As_many_bad_looks_in_a_row_as_are_asked_for_are_believed_whatever_came_before()
    {
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 100).Select(i => (double)i)).ToArbitrary(), before =>
            // Looks that differ agree on the mildest, so that one of another badness before them may take one more round.
            Run(Disk, [.. before, 99, 99, 99]).IsBad && Run(Disk, [.. before, 99, 99, 99, 99, 99, 99]).Level == CheckLevel.Critical
            && Run(Disk, [.. before, 1, 1, 1]).Level < CheckLevel.Critical && Run(Disk, [.. before, 1, 1, 1, 1, 1, 1]).Level == CheckLevel.Ok).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_value_that_swings_within_the_hysteresis_changes_the_level_at_most_once()
    {
        Prop.ForAll(Gen.ListOf(Gen.Choose(76, 84).Select(i => (double)i)).ToArbitrary(), values =>
        {
            var (changes, state) = (0, Run(Disk, [10, 10]));
            foreach (var value in values)
            {
                var next = Next(Disk, state, value);
                if (next.Level != state.Level) changes++;
                state = next;
            }

            return changes <= 1 && state.Level <= CheckLevel.Warning;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_level_moves_only_to_what_a_look_found_and_the_time_of_the_change_moves_with_it()
    {
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 100).Select(i => (double)i)).ToArbitrary(), values =>
        {
            var state = SomeChecks.New(Disk) with { Since = Begin };
            foreach (var (i, value) in values.Index())
            {
                var next = CheckMachine.Next(state, new Observation("local", null, value, ""), Disk, Begin.AddMinutes(i));
                if (next.Level != state.Level && (next.Since != Begin.AddMinutes(i) || !next.History.Any(h => h.Level == next.Level))) return false;
                if (next.Level == state.Level && next.Since != state.Since) return false;
                if (next.History.Count > CheckState.MaxHistory || next.History[^1].Value != value) return false;
                state = next;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_plainly_so_is_believed_at_once_and_what_may_pass_is_not()
    {
        var (plain, passing) = (new Observation("local", CheckLevel.Critical, null, "") { Transient = false }, new Observation("local", CheckLevel.Critical, null, ""));
        var well = Run(Disk, [10, 10]);

        Assert.Equal(CheckLevel.Critical, CheckMachine.Next(well, plain, Disk, Begin).Level);
        Assert.Equal(CheckLevel.Ok, CheckMachine.Next(well, passing, Disk, Begin).Level);
        Assert.True(CheckMachine.IsDoubtful(CheckMachine.Next(well, passing, Disk, Begin)));
    }

    [Fact]
    public void Three_looks_of_different_badness_agree_on_the_mildest() => Assert.Equal(CheckLevel.Warning, Run(Disk, [10, 10, 99, 82, 99]).Level);

    [Theory]
    [InlineData("80", "90", "false", 80, CheckLevel.Warning)]
    [InlineData("80", "90", "false", 79.9, CheckLevel.Ok)]
    [InlineData("80", "90", "false", 90, CheckLevel.Critical)]
    [InlineData("21", "7", "true", 21, CheckLevel.Warning)]
    [InlineData("21", "7", "true", 7, CheckLevel.Critical)]
    [InlineData("21", "7", "true", 22, CheckLevel.Ok)]
    public void Thresholds_hold_from_their_value_on(string warn, string critical, string below, double value, CheckLevel level) =>
        Assert.Equal(level, SomeChecks.Of($"name: x, kind: command, run: uptime, on: all, warn: {warn}, critical: {critical}, below: {below}").Thresholds.LevelOf(value, CheckLevel.Ok));

    private static CheckState Run(CheckDefinition check, IReadOnlyList<double> values) => values.Aggregate(SomeChecks.New(check), (state, value) => Next(check, state, value));

    private static CheckState Next(CheckDefinition check, CheckState state, double value) => CheckMachine.Next(state, new Observation("local", null, value, ""), check, Begin);
}
