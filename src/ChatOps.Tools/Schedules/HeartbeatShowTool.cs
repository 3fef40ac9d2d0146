using ChatOps.Messages;
using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Shows the heartbeat.</summary>
internal sealed partial class HeartbeatShowTool(ISchedules schedules, IHeartbeat heartbeat) : ITool
{
    private const int ShownRuns = 10;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show the heartbeat");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var view = heartbeat.Look();
        var row = await schedules.FindAsync(IHeartbeat.ScheduleName, cancellationToken);
        var next = row is null ? [] : schedules.NextRuns(row, 1);
        var runs = await schedules.HistoryAsync(IHeartbeat.ScheduleName, ShownRuns, cancellationToken);
        var summary = view.WhyNot is { } why ? $"The heartbeat does nothing: {why}" : next is [var at] ? $"The heartbeat looks next at {ScheduleText.Time(at)}." : row?.Reason is { } paused ? $"The heartbeat is paused: {paused}" : "The heartbeat has no next time yet.";
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(summary), view.WhyNot is null ? Tone.Plain : Tone.Waiting) };
        if (row is not null) blocks.Add(new FieldsBlock([new("When", ScheduleText.When(row.Schedule)), new("Runs as", row.Schedule.Owner), new("Speaks in", row.Schedule.ConversationId ?? "nowhere"), new("State", ScheduleText.State(row))]));
        if (view.Tasks.Length > 0) blocks.Add(new CodeBlock(view.Tasks, Path.GetFileName(view.File)));
        if (runs.Count > 0) blocks.Add(ScheduleText.Table(runs));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new { enabled = view.Enabled, file = Path.GetFileName(view.File), tasks = view.Tasks, whyNot = view.WhyNot, next, state = row?.State, runs = runs.Select(ScheduleText.Data) });
    }
}
