using System.Globalization;
using ChatOps.Scheduling.Times;

namespace ChatOps.Tests.Schedules.Times;

/// <summary>When a cron expression fires, and what becomes of it when clocks are set.</summary>
public sealed class CronTimesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("0 9 * * 1-5", "2026-03-06T10:00:00Z", "2026-03-09T09:00:00Z")] // a Friday, then the Monday
    [InlineData("0 9 * * MON-FRI", "2026-03-06T10:00:00Z", "2026-03-09T09:00:00Z")]
    [InlineData("0 9 1 jan *", "2026-03-06T10:00:00Z", "2027-01-01T09:00:00Z")]
    [InlineData("*/15 * * * *", "2026-03-06T10:01:00Z", "2026-03-06T10:15:00Z")]
    [InlineData("*/20 * * * * *", "2026-03-06T10:00:20Z", "2026-03-06T10:00:40Z")]
    [InlineData("30 0 9 * * 7", "2026-03-06T10:00:00Z", "2026-03-08T09:00:30Z")]
    [InlineData("0 0 * * 0", "2026-03-06T10:00:00Z", "2026-03-08T00:00:00Z")]
    [InlineData("@hourly", "2026-03-06T10:00:00Z", "2026-03-06T11:00:00Z")]
    [InlineData("@daily", "2026-03-06T10:00:00Z", "2026-03-07T00:00:00Z")]
    [InlineData("@weekly", "2026-03-06T10:00:00Z", "2026-03-08T00:00:00Z")]
    [InlineData("@monthly", "2026-03-06T10:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("@yearly", "2026-03-06T10:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2026-03-06T10:00:00Z", "2028-02-29T00:00:00Z")]
    public void An_expression_of_five_or_six_fields_or_a_word_has_its_next_time(string expression, string after, string next) =>
        Assert.Equal(Utc(next), CronTimes.Read(expression, TimeZoneInfo.Utc).Next(Utc(after)));

    [Theory]
    [InlineData("* * * *")]
    [InlineData("0 25 * * *")]
    [InlineData("61 * * * *")]
    [InlineData("0 9 * * FUNDAY")]
    [InlineData("@fortnightly")]
    [InlineData("1 2 3 4 5 6 7")]
    public void What_is_no_expression_is_refused_with_a_sentence(string expression) =>
        Assert.EndsWith(".", Assert.Throws<FormatException>(() => CronTimes.Read(expression, TimeZoneInfo.Utc)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_never_comes_has_no_next_time() => Assert.Null(CronTimes.Read("0 0 30 2 *", TimeZoneInfo.Utc).Next(Utc("2026-03-06T10:00:00Z")));

    [Fact]
    public void A_named_time_that_is_left_out_fires_when_the_clock_is_set() =>
        // On 29 March 2026 Berlin's clock goes from 02:00 to 03:00, which is 01:00 UTC.
        Assert.Equal([Utc("2026-03-28T01:30:00Z"), Utc("2026-03-29T01:00:00Z"), Utc("2026-03-30T00:30:00Z")], Next("30 2 * * *", "2026-03-27T12:00:00Z", 3));

    [Fact]
    public void A_named_time_that_comes_twice_fires_the_first_time() =>
        // On 25 October 2026 Berlin's clock goes from 03:00 back to 02:00, which is 01:00 UTC.
        Assert.Equal([Utc("2026-10-24T00:30:00Z"), Utc("2026-10-25T00:30:00Z"), Utc("2026-10-26T01:30:00Z")], Next("30 2 * * *", "2026-10-23T12:00:00Z", 3));

    [Fact]
    public void What_fires_in_every_hour_goes_by_elapsed_time_when_an_hour_is_left_out() =>
        Assert.Equal([Utc("2026-03-29T00:30:00Z"), Utc("2026-03-29T01:00:00Z"), Utc("2026-03-29T01:30:00Z")], Next("*/30 * * * *", "2026-03-29T00:00:00Z", 3));

    [Fact]
    public void What_fires_in_every_hour_goes_by_elapsed_time_when_an_hour_comes_twice() =>
        Assert.Equal([Utc("2026-10-25T00:30:00Z"), Utc("2026-10-25T01:00:00Z"), Utc("2026-10-25T01:30:00Z"), Utc("2026-10-25T02:00:00Z")], Next("*/30 * * * *", "2026-10-25T00:00:00Z", 4));

    [Fact]
    public void In_every_zone_of_the_tz_database_a_named_time_fires_once_for_each_day()
    {
        // A quarter past each hour at which some zone sets its clock, in the year of the test's dates and the one after.
        var failures = new List<string>();
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            foreach (var hour in (int[])[0, 1, 2, 3, 23])
            {
                var times = CronTimes.Read($"15 {hour} * * *", zone);
                var at = Utc("2026-01-01T00:00:00Z");
                var end = Utc("2027-12-31T00:00:00Z");
                DateOnly? last = null;
                while (times.Next(at) is { } next && next < end)
                {
                    var shown = TimeZoneInfo.ConvertTime(next, zone);
                    // A time that is left out fires when the clock is set, which may show the next day already.
                    var day = DateOnly.FromDateTime(shown.TimeOfDay == new TimeSpan(hour, 15, 0) ? shown.DateTime : shown.DateTime.AddHours(-hour));
                    if (next <= at || (last is { } before && day != before.AddDays(1))) failures.Add($"{zone.Id} {hour}:15: {last} then {shown:O}");
                    (last, at) = (day, next);
                }
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void In_every_zone_of_the_tz_database_quarters_of_an_hour_never_stop_and_never_double()
    {
        var failures = new List<string>();
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            var times = CronTimes.Read("*/15 * * * *", zone);
            foreach (var change in Changes(zone))
            {
                var at = change - TimeSpan.FromHours(3);
                while (times.Next(at) is { } next && next < change + TimeSpan.FromHours(3))
                {
                    if (at != change - TimeSpan.FromHours(3) && next - at != TimeSpan.FromMinutes(15)) failures.Add($"{zone.Id}: {at:O} then {next:O}");
                    at = next;
                }
            }
        }

        Assert.Empty(failures);
    }

    // The hours around which a zone's distance from UTC changes.
    private static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone)
    {
        for (var at = Utc("2026-01-01T00:00:00Z"); at < Utc("2027-12-31T00:00:00Z"); at += TimeSpan.FromHours(1))
        {
            if (zone.GetUtcOffset(at) != zone.GetUtcOffset(at + TimeSpan.FromHours(1))) yield return at;
        }
    }

    private static List<DateTimeOffset> Next(string expression, string after, int count)
    {
        var times = CronTimes.Read(expression, Berlin);
        var next = new List<DateTimeOffset>();
        for (var at = times.Next(Utc(after)); at is { } one && next.Count < count; at = times.Next(one)) next.Add(one.ToUniversalTime());
        return next;
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
