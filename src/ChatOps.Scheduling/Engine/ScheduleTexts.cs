using System.Globalization;
using ChatOps.Messages;

namespace ChatOps.Scheduling.Engine;

/// <summary>What schedules say.</summary>
internal static class ScheduleTexts
{
    private const int MaxSummary = 300;

    /// <summary>The line above what a run says.</summary>
    public static TextBlock Head(string schedule) => new($"**{PlainText.Escape(schedule)}** (schedule)");

    /// <summary>Ticks were missed and are not made up for.</summary>
    public static string Missed(string schedule, int count, DateTimeOffset? next) =>
        string.Create(CultureInfo.InvariantCulture, $"Schedule {schedule}: {(count > Ticks.MaxCounted ? $"more than {Ticks.MaxCounted}" : count)} {(count == 1 ? "run was" : "runs were")} missed while no gateway ran; {(count == 1 ? "it is" : "they are")} not made up for.{Next(next)}");

    /// <summary>More ticks were missed than are made up for.</summary>
    public static string MissedSome(string schedule, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"Schedule {schedule}: {count} runs were missed; the newest {ScheduleBounds.MaxCatchUp} are made up for.");

    /// <summary>It failed twice in a row.</summary>
    public static string FailedTwice(string schedule, string summary) =>
        $"Schedule {schedule} has failed {ScheduleBounds.FailuresUntilNotice} times in a row: {Short(summary)} It goes on; after {ScheduleBounds.FailuresUntilPause} it is paused. 'schedule history {schedule}' shows its runs.";

    /// <summary>It is paused after too many failures.</summary>
    public static string PausedAfterFailures(string schedule) =>
        $"Schedule {schedule} is paused: it has failed {ScheduleBounds.FailuresUntilPause} times in a row. 'schedule history {schedule}' shows its runs, 'schedule resume {schedule}' lets it run again.";

    /// <summary>It is paused because its owner may not do this any more.</summary>
    public static string RightsLost(string schedule, string owner, string why) =>
        $"Schedule {schedule} is paused: it runs as {owner}, who may not do this any more. {Short(why)} When that has changed, 'schedule resume {schedule}' lets it run again.";

    /// <summary>Nobody knows whether a run ended.</summary>
    public static string Unknown(string schedule, DateTimeOffset nominal, string summary) =>
        string.Create(CultureInfo.InvariantCulture, $"Schedule {schedule}, the run of {nominal.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {Short(summary)}");

    /// <summary>Its times cannot be read any more.</summary>
    public static string Unreadable(string schedule, string why) => $"Schedule {schedule} is paused: its times cannot be read. {why}";

    /// <summary>One line.</summary>
    public static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= MaxSummary ? line : Rendering.TextSplitter.Split(line, MaxSummary, static t => t.Length, fenced: false)[0] + "…";
    }

    private static string Next(DateTimeOffset? next) => next is { } at ? string.Create(CultureInfo.InvariantCulture, $" Next: {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC.") : "";
}
