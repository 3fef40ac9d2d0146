using ChatOps.Checks;
using ChatOps.Checks.Probes;
using ChatOps.Checks.States;

namespace ChatOps.Tests.Checks;

/// <summary>Errors of a log against its own day.</summary>
public sealed class LogErrorsTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Three_times_the_usual_hour_is_a_spike_and_twice_is_none()
    {
        // Ten errors an hour for half a day, then an hour with more.
        Assert.Equal(CheckLevel.Ok, After(usual: 10, last: 20).Level);
        var spike = After(usual: 10, last: 36);
        Assert.Equal(CheckLevel.Critical, spike.Level);
        Assert.Contains("usual are 10", spike.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_errors_are_no_spike_however_quiet_it_was() => Assert.Equal(CheckLevel.Ok, After(usual: 0, last: 9).Level);

    [Fact]
    public void A_quiet_log_that_fills_up_is_a_spike() => Assert.Equal(CheckLevel.Critical, After(usual: 0, last: 12).Level);

    [Fact]
    public void What_is_usual_is_learnt_for_an_hour_first()
    {
        var state = Fed(0, TimeSpan.FromMinutes(30), 0, TimeSpan.Zero);
        var burst = Look(state, 500, Begin.AddMinutes(31));

        Assert.Equal(CheckLevel.Ok, burst.Level);
        Assert.Contains("learnt", burst.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_that_were_there_at_the_first_look_are_not_counted()
    {
        var first = Look(SomeChecks.New(Check), 100_000, Begin);

        Assert.Equal(0, first.Value);
    }

    [Fact]
    public void A_log_that_was_rotated_counts_from_its_new_beginning()
    {
        var state = Fed(10, TimeSpan.FromHours(12), 0, TimeSpan.Zero);
        var rotated = Look(state, 3, Begin.AddHours(12).AddMinutes(1));

        Assert.Equal(CheckLevel.Ok, rotated.Level);
        Assert.InRange(rotated.Value!.Value, 3, 14);
    }

    private static ChatOps.Checks.Files.CheckDefinition Check => SomeChecks.Of("name: log, kind: log_errors, path: /var/log/x, on: all");

    private static Observation After(int usual, int last)
    {
        var state = Fed(usual, TimeSpan.FromHours(12), last, TimeSpan.FromHours(1));
        return Look(state, state.Baseline[0].Count, Begin.AddHours(13));
    }

    // One look a minute; so many errors an hour for a while, then for another.
    private static CheckState Fed(int usual, TimeSpan quiet, int last, TimeSpan loud)
    {
        var state = SomeChecks.New(Check);
        double count = 1000;
        for (var minute = 0; minute < (quiet + loud).TotalMinutes; minute++)
        {
            count += (minute < quiet.TotalMinutes ? usual : last) / 60.0;
            var look = Look(state, Math.Floor(count), Begin.AddMinutes(minute));
            state = state with { Baseline = look.Baseline!, LastAt = Begin.AddMinutes(minute) };
        }

        return state;
    }

    private static Observation Look(CheckState before, double count, DateTimeOffset now) =>
        LogErrors.Against(new Observation("local", CheckLevel.Ok, count, ""), Check, before.Baseline.Count == 0 ? null : before, now);
}
