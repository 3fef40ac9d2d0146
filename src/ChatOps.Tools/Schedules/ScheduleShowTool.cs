using System.Globalization;
using ChatOps.Messages;
using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Shows a schedule.</summary>
internal sealed partial class ScheduleShowTool(ISchedules schedules) : ITool
{
    private const int ShownRuns = 10;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show a schedule");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        if (await schedules.FindAsync(name, cancellationToken) is not { } row) return ScheduleText.NotFound(name, await schedules.ListAsync(cancellationToken));
        var next = schedules.NextRuns(row, ScheduleBounds.ShownRuns);
        var runs = await schedules.HistoryAsync(name, ShownRuns, cancellationToken);
        var s = row.Schedule;
        var fields = new FieldsBlock(
        [
            new("Does", ScheduleText.What(s)), new("When", ScheduleText.When(s)), new("State", row.Reason is { } why ? $"{ScheduleText.State(row)}: {why}" : ScheduleText.State(row)),
            new("Runs as", s.Owner), new("Answers in", s.ConversationId ?? "nowhere"), new("Defined", s.Origin switch { ScheduleOrigin.File => $"workspace/schedules/{s.File}", ScheduleOrigin.Settings => "by the settings", _ => "added" }),
            new("When one is not over", s.Overlap.ToString().ToLowerInvariant()), new("When missed", s.CatchUp.ToString().ToLowerInvariant()),
            new("Jitter, timeout", $"{s.Jitter:g}, {s.Timeout:g}"), new("Retries", s.Retries == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{s.Retries}, after {s.RetryDelay:g}")),
            new("Failures in a row", row.Failures.ToString(CultureInfo.InvariantCulture)),
        ]);
        var blocks = new List<Block> { fields };
        if (next.Count > 0) blocks.Add(new TableBlock([$"Next runs ({s.Zone})"], [.. next.Select(n => (IReadOnlyList<string>)[ScheduleText.Time(n)])]));
        if (runs.Count > 0) blocks.Add(ScheduleText.Table(runs));
        return ToolAnswer.Done($"{name}: {ScheduleText.State(row)}.", new RichMessage(blocks), new { schedule = ScheduleText.Data(row, next), runs = runs.Select(ScheduleText.Data) });
    }
}
