using ChatOps.Identity;

namespace ChatOps.Scheduling.Work;

/// <summary>A report at its time: the command that makes it, as the schedule's owner.</summary>
internal sealed class ReportWork(CommandWork commands) : IScheduledWork
{
    private static readonly string[] Reports = ["daily", "weekly"];

    public ScheduleKind Kind => ScheduleKind.Report;

    public bool CanResume => true;

    public string? WhyNot(string text, Principal owner) =>
        Reports.Contains(text, StringComparer.Ordinal) ? commands.WhyNot(Line(text), owner) : $"There is no report '{text}'; there are {string.Join(" and ", Reports)}.";

    public Task<ScheduledOutcome> RunAsync(ScheduledRun run, CancellationToken cancellationToken) => commands.RunAsync(run with { Text = Line(run.Text) }, cancellationToken);

    private static string Line(string name) => $"/report {name}";
}
