using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Pauses a schedule.</summary>
internal sealed partial class SchedulePauseTool(ISchedules schedules) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ScheduleRisk.ChangeAsync(
        schedules, call, "pause", "It does not run until somebody resumes it.", "Pause the schedule", cancellationToken);

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        if (await schedules.FindAsync(name, cancellationToken) is not { } row) return ScheduleText.NotFound(name, await schedules.ListAsync(cancellationToken));
        return await schedules.PauseAsync(name, $"Paused by {call.Principal.DisplayName}.", cancellationToken)
            ? ToolAnswer.Done($"Schedule {name} is paused. What runs now goes on to its end.", new { name })
            : ToolAnswer.Failed(FailureCode.BadArguments, $"Schedule {name} does not run: it is {ScheduleText.State(row)}.");
    }
}
