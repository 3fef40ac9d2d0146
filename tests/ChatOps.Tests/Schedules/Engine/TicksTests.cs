using ChatOps.Scheduling.Engine;
using ChatOps.Scheduling.Times;
using ChatOps.Schedules;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Schedules.Engine;

/// <summary>Which ticks have come, and which of them are too late to count as on time.</summary>
public sealed class TicksTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_tick_is_missed_or_on_time_or_to_come_and_none_is_two_of_these() => Prop.ForAll(
        Gen.Choose(10, 7200).ToArbitrary(), Gen.Choose(0, 200_000).ToArbitrary(),
        (interval, passed) =>
        {
            var times = new IntervalTimes(Start, TimeSpan.FromSeconds(interval));
            var first = times.Next(Start)!.Value;
            var now = Start + TimeSpan.FromSeconds(passed);
            var ticks = Ticks.Since(times, first, now);
            var all = passed / interval;
            Assert.Equal(Math.Min(all, Ticks.MaxCounted + 1 + ticks.Current.Count), ticks.MissedCount + ticks.Current.Count);
            Assert.Equal(Math.Min(ticks.MissedCount, ScheduleBounds.MaxCatchUp), ticks.Missed.Count);
            Assert.All(ticks.Missed, t => Assert.True(now - t > ScheduleBounds.Grace));
            Assert.All(ticks.Current, t => Assert.True(t <= now && now - t <= ScheduleBounds.Grace));
            Assert.True(ticks.Next > now);
            Assert.Equal(ticks.Missed.Concat(ticks.Current).Order(), ticks.Missed.Concat(ticks.Current));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Of_more_than_are_counted_the_newest_are_kept()
    {
        var times = new IntervalTimes(Start, TimeSpan.FromMinutes(1));
        var now = Start + TimeSpan.FromDays(30);

        var ticks = Ticks.Since(times, Start + TimeSpan.FromMinutes(1), now);

        Assert.Equal(Ticks.MaxCounted + 1, ticks.MissedCount);
        Assert.Equal(ScheduleBounds.MaxCatchUp, ticks.Missed.Count);
        Assert.Equal(now - TimeSpan.FromMinutes(2), ticks.Missed[^1]);
        Assert.Equal([now - TimeSpan.FromMinutes(1), now], ticks.Current);
        Assert.Equal(now + TimeSpan.FromMinutes(1), ticks.Next);
    }
}
