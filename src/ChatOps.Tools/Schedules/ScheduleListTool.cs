using ChatOps.Messages;
using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Lists schedules.</summary>
internal sealed partial class ScheduleListTool(ISchedules schedules) : ITool
{
    private const int MaxShown = 200;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List schedules");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var rows = await schedules.ListAsync(cancellationToken);
        var shown = rows.Take(MaxShown).Select(r => (Row: r, Next: schedules.NextRuns(r, 1))).ToList();
        var summary = rows.Count == 0 ? "There are no schedules." : $"{rows.Count} schedule{(rows.Count == 1 ? "" : "s")}{(rows.Count > MaxShown ? $"; the first {MaxShown} are shown" : "")}.";
        var blocks = new List<Block>();
        if (rows.Count == 0) blocks.Add(new TextBlock(summary));
        else blocks.Add(new TableBlock(["Name", "What", "When", "Next", "Owner", "State"], [.. shown.Select(s => Row(s.Row, s.Next))]));
        blocks.AddRange(schedules.Problems.Select(p => new TextBlock(PlainText.Escape(p.ToString()), Tone.Failed)));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new { schedules = shown.Select(s => ScheduleText.Data(s.Row, s.Next)), problems = schedules.Problems.Select(p => p.ToString()) });
    }

    private static IReadOnlyList<string> Row(ScheduleRow row, IReadOnlyList<DateTimeOffset> next) =>
    [
        row.Schedule.Name, ScheduleText.What(row.Schedule), ScheduleText.When(row.Schedule), next is [var first, ..] ? ScheduleText.Time(first) : "", row.Schedule.Owner,
        row.Reason is { } why ? $"{ScheduleText.State(row)}: {why}" : ScheduleText.State(row),
    ];
}
