using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Lets a schedule run again.</summary>
internal sealed partial class ScheduleResumeTool(ISchedules schedules) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ScheduleRisk.ChangeAsync(
        schedules, call, "resume", "It runs again, with its owner's rights.", "Resume the schedule", cancellationToken);

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        var row = await schedules.FindAsync(name, cancellationToken);
        var resumed = await schedules.ResumeAsync(name, cancellationToken);
        if (row is null && !resumed) return ScheduleText.NotFound(name, await schedules.ListAsync(cancellationToken));
        if (!resumed) return ToolAnswer.Failed(FailureCode.BadArguments, $"Schedule {name} is not paused: it is {ScheduleText.State(row!)}.");
        var next = schedules.NextRuns((await schedules.FindAsync(name, cancellationToken))!, 1);
        return ToolAnswer.Done(next is [var first] ? $"Schedule {name} runs again; next: {ScheduleText.Time(first)}." : $"Schedule {name} has no time left to run at.", new { name, next });
    }
}
