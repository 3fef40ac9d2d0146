using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Runs a schedule now. What it does passes the gate as its owner.</summary>
internal sealed partial class ScheduleRunTool(ISchedules schedules) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ScheduleRisk.ChangeAsync(
        schedules, call, "run", "It begins at once, with its owner's rights.", "Run the schedule", cancellationToken);

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        return await schedules.RunNowAsync(name, cancellationToken) is { } run
            ? ToolAnswer.Done($"Schedule {name} begins; its answer comes where it always does.", new { name, run = run.Id })
            : ScheduleText.NotFound(name, await schedules.ListAsync(cancellationToken));
    }
}
