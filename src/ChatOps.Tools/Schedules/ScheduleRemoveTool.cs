using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Removes a schedule.</summary>
internal sealed partial class ScheduleRemoveTool(ISchedules schedules) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ScheduleRisk.ChangeAsync(
        schedules, call, "remove", "It never runs again.", "Remove the schedule", cancellationToken);

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        return await schedules.RemoveAsync(name, cancellationToken) switch
        {
            null => ScheduleText.NotFound(name, await schedules.ListAsync(cancellationToken)),
            "" => ToolAnswer.Done($"Schedule {name} is removed. What runs now goes on to its end.", new { name }),
            { } why => ToolAnswer.Failed(FailureCode.BadArguments, why),
        };
    }
}
