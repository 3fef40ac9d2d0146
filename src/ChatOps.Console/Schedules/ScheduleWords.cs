using System.Globalization;
using ChatOps.Schedules;

namespace ChatOps.Console.Schedules;

/// <summary>Schedules in words.</summary>
internal static class ScheduleWords
{
    private const int MaxText = 200;

    public static string What(Schedule schedule)
    {
        var text = schedule.Text.ReplaceLineEndings(" ");
        if (text.Length > MaxText) text = Rendering.TextSplitter.Split(text, MaxText, static t => t.Length, fenced: false)[0] + "…";
        return schedule.Kind switch { ScheduleKind.Command => text, ScheduleKind.Heartbeat => "the tasks of HEARTBEAT.md", _ => $"{schedule.Kind.ToString().ToLowerInvariant()}: {text}" };
    }

    public static string When(Schedule schedule) =>
        $"{(schedule.When.StartsWith("cron ", StringComparison.Ordinal) ? schedule.When[5..] : schedule.When)} · {schedule.Zone}{(schedule.ActiveHours is { } hours ? $" · {hours}" : "")}";

    public static string Time(DateTimeOffset at) => at.ToString("ddd yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    public static string Defined(Schedule schedule) => schedule.Origin switch { ScheduleOrigin.File => $"workspace/schedules/{schedule.File}", ScheduleOrigin.Settings => "the settings", _ => "added by hand" };
}
