using System.Globalization;
using ChatOps.Tools;

namespace ChatOps.Scheduling.Times;

/// <summary>The times of a schedule as text: <c>cron 0 9 * * 1-5</c>, <c>every 15m</c>, <c>at 2026-12-01T09:00:00</c> (wall clock of its zone).</summary>
internal static class WhenText
{
    private const string AtFormat = "yyyy-MM-dd'T'HH:mm:ss";

    private static readonly string[] AtForms = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] TimeForms = ["HH:mm", "HH:mm:ss"];

    /// <summary>The text of a cron expression, with single blanks.</summary>
    public static string Cron(string expression) => "cron " + string.Join(' ', expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The text of an interval.</summary>
    public static string Every(TimeSpan interval) => "every " + ArgumentText.Written(interval);

    /// <summary>The text of one time, given as <c>2026-12-01 09:00</c>, <c>09:00</c> (the next one) or with an offset from UTC; null when it is none of these.</summary>
    public static string? At(string text, TimeZoneInfo zone, DateTimeOffset now)
    {
        var clock = new WallClock(zone);
        if (DateTime.TryParseExact(text, AtForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)) return Of(wall);
        if (TimeOnly.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            var today = clock.At(now).Date + time.ToTimeSpan();
            return Of(clock.FirstOf(today) > now ? today : today.AddDays(1));
        }

        if (text.Length > 10 && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return Of(clock.At(moment));
        return null;

        static string Of(DateTime at) => "at " + at.ToString(AtFormat, CultureInfo.InvariantCulture);
    }

    /// <summary>The times of a schedule.</summary>
    /// <exception cref="FormatException">They cannot be read; the message is for people.</exception>
    public static ITimes Read(Schedule schedule, DateTimeOffset createdAt)
    {
        if (!Zones.TryFind(schedule.Zone, out var zone, out var problem)) throw new FormatException(problem);
        var clock = new WallClock(zone);
        var (word, rest) = schedule.When.Split(' ', 2) is [var first, var second] ? (first, second) : (schedule.When, "");
        ITimes times = word switch
        {
            "cron" => CronTimes.Read(rest, zone),
            "every" when ArgumentText.TryDuration(rest, out var interval) && interval > TimeSpan.Zero => new IntervalTimes(createdAt, interval),
            "at" when DateTime.TryParseExact(rest, AtFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) => new OneTime(clock.FirstOf(wall)),
            _ => throw new FormatException($"'{schedule.When}' is not a time that is known here."),
        };
        if (schedule.ActiveHours is not { } hours) return times;
        return ActiveHours.TryRead(hours, out var active) ? new TimesInHours(times, active, clock) : throw new FormatException($"'{hours}' are no hours; write them like 08:00-22:00.");
    }
}
