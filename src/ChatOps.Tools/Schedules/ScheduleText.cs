using System.Globalization;
using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Schedules and runs in words.</summary>
internal static class ScheduleText
{
    private const int MaxText = 60;

    /// <summary>A time with its offset, as its zone's clock shows it.</summary>
    public static string Time(DateTimeOffset at) => at.ToString("ddd yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>A time in UTC.</summary>
    public static string Utc(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>When it runs.</summary>
    public static string When(Schedule schedule) => $"{(schedule.When.StartsWith("cron ", StringComparison.Ordinal) ? schedule.When[5..] : schedule.When)} ({schedule.Zone}{(schedule.ActiveHours is { } hours ? $", {hours}" : "")})";

    /// <summary>What it does, on one line.</summary>
    public static string What(Schedule schedule)
    {
        var text = schedule.Text.ReplaceLineEndings(" ");
        if (text.Length > MaxText) text = Rendering.TextSplitter.Split(text, MaxText, static t => t.Length, fenced: false)[0] + "…";
        return schedule.Kind == ScheduleKind.Command ? text : $"{schedule.Kind.ToString().ToLowerInvariant()}: {text}";
    }

    /// <summary>Its state in a word.</summary>
    public static string State(ScheduleRow row) => row.State.ToString().ToLowerInvariant();

    /// <summary>A run's state in a word.</summary>
    public static string State(ScheduleRunRow run) => run.State.ToString().ToLowerInvariant();

    /// <summary>Runs as rows of a table.</summary>
    public static Messages.TableBlock Table(IReadOnlyList<ScheduleRunRow> runs) => new(
        ["Schedule", "Time", "State", "Try", "Began", "Ended", "What", "Audit"],
        [.. runs.Select(r => (IReadOnlyList<string>)[r.Schedule, Utc(r.Nominal), State(r), r.Attempt.ToString(CultureInfo.InvariantCulture), Utc(r.StartedAt), Utc(r.FinishedAt), r.Summary ?? "", r.AuditId ?? ""])]);

    /// <summary>A run for programs.</summary>
    public static object Data(ScheduleRunRow r) => new
    {
        id = r.Id, schedule = r.Schedule, nominal = r.Nominal, trigger = r.Trigger, state = r.State, attempt = r.Attempt, startedAt = r.StartedAt, finishedAt = r.FinishedAt, summary = r.Summary, audit = r.AuditId, waitsFor = r.WaitsFor,
    };

    /// <summary>A schedule for programs.</summary>
    public static object Data(ScheduleRow r, IReadOnlyList<DateTimeOffset> next) => new
    {
        name = r.Schedule.Name, kind = r.Schedule.Kind, text = r.Schedule.Text, when = r.Schedule.When, zone = r.Schedule.Zone, activeHours = r.Schedule.ActiveHours, owner = r.Schedule.Owner, to = r.Schedule.ConversationId,
        state = r.State, reason = r.Reason, failures = r.Failures, origin = r.Schedule.Origin, file = r.Schedule.File, overlap = r.Schedule.Overlap, catchUp = r.Schedule.CatchUp,
        jitter = Seconds(r.Schedule.Jitter), timeout = Seconds(r.Schedule.Timeout), retries = r.Schedule.Retries, retryDelay = Seconds(r.Schedule.RetryDelay), createdAt = r.CreatedAt, next,
    };

    /// <summary>The answer about a name that is not there.</summary>
    public static ToolResult NotFound(string name, IReadOnlyList<ScheduleRow> all)
    {
        var near = Configuration.NearestName.Of(name, all.Select(r => r.Schedule.Name));
        return ToolAnswer.Failed(FailureCode.NotFound, $"There is no schedule '{name}'." + (near is null ? " 'schedule list' lists them." : $" Did you mean '{near}'?"));
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###}s");
}
