using ChatOps.Checks;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Checks;

/// <summary>The line through values, and when it reaches something.</summary>
public sealed class ValueTrendTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_disk_that_fills_by_two_percent_a_day_is_full_in_ten_days_from_eighty()
    {
        var trend = ValueTrend.Of(Line(72, 2, hours: 96))!;

        Assert.Equal((2, 80), (Math.Round(trend.PerDay, 6), Math.Round(trend.Now, 6)));
        Assert.Equal(10, trend.Until(100)!.Value.TotalDays, 3);
        Assert.Null(trend.Until(70));
    }

    [Fact]
    public void Noise_and_too_few_values_are_no_trend()
    {
        Assert.Null(ValueTrend.Of(Line(50, 1, hours: 3)));
        Assert.Null(ValueTrend.Of([]));
        var noise = Enumerable.Range(0, 100).Select(i => new CheckSample(Start.AddHours(i), CheckLevel.Ok, i % 2 == 0 ? 40 : 60)).ToList();
        Assert.Null(ValueTrend.Of(noise)!.Until(100));
        Assert.Null(ValueTrend.Of(Line(50, 0, hours: 48))!.Until(100));
    }

    [Fact]
    public void Any_rising_line_is_found_and_reaches_what_lies_above_it() => Prop.ForAll(
        (from slope in Gen.Choose(1, 500) from at in Gen.Choose(0, 60) from hours in Gen.Choose(12, 200) select (Slope: slope / 100.0, At: (double)at, hours)).ToArbitrary(),
        line =>
        {
            var trend = ValueTrend.Of(Line(line.At, line.Slope, line.hours))!;
            Assert.InRange(trend.PerDay, line.Slope - 0.001, line.Slope + 0.001);
            Assert.True(trend.Fit > 0.999);
            var left = (100 - trend.Now) / line.Slope;
            if (left is >= 0.01 and <= 59.9) Assert.InRange(trend.Until(100)!.Value.TotalDays, left - 0.01, left + 0.01);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_mean_of_the_last_hour_is_kept_with_its_worst_level_and_later_looks_stand_behind_it()
    {
        var state = new CheckState
        {
            Key = new("disk", "web-1"), Kind = "disk",
            History = [new(Start.AddMinutes(10), CheckLevel.Ok, 10), new(Start.AddMinutes(50), CheckLevel.Warning, 20), new(Start.AddMinutes(70), CheckLevel.Ok, 30)],
        };

        var kept = CheckValues.LastHour(state, Start.AddMinutes(75));

        Assert.Equal(new CheckSample(Start, CheckLevel.Warning, 15), kept);
        Assert.Null(CheckValues.LastHour(state, Start.AddHours(5)));
        Assert.Equal([15, 30], CheckValues.With([kept!], state).Select(s => s.Value!.Value));
    }

    private static List<CheckSample> Line(double from, double perDay, int hours) =>
        [.. Enumerable.Range(0, hours + 1).Select(i => new CheckSample(Start.AddHours(i), CheckLevel.Ok, from + (perDay * i / 24)))];
}
