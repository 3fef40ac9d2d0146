using ChatOps.Messages;
using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Lists runs.</summary>
internal sealed partial class ScheduleHistoryTool(ISchedules schedules) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List scheduled runs");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        // The runs of a schedule that was removed are still there.
        var runs = await schedules.HistoryAsync(call.Arguments.Text("name"), (int)Math.Clamp(call.Arguments.Number("limit") ?? 0, 1, ScheduleBounds.MaxHistory), cancellationToken);
        if (runs.Count == 0 && call.Arguments.Text("name") is { } name && await schedules.FindAsync(name, cancellationToken) is null) return ScheduleText.NotFound(name, await schedules.ListAsync(cancellationToken));
        var summary = runs.Count == 0 ? "There were no runs yet." : $"{runs.Count} run{(runs.Count == 1 ? "" : "s")}.";
        return ToolAnswer.Done(summary, runs.Count == 0 ? RichMessage.Text(summary) : new RichMessage([ScheduleText.Table(runs)]), runs.Select(ScheduleText.Data).ToList());
    }
}
