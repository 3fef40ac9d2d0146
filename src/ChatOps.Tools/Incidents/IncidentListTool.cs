using ChatOps.Checks;
using ChatOps.Messages;

namespace ChatOps.Tools.Incidents;

/// <summary>Lists incidents.</summary>
internal sealed partial class IncidentListTool(IIncidents incidents) : ITool
{
    private const int MaxListed = 100;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List incidents");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(call.Arguments.Number("limit") ?? MaxListed, 1, MaxListed);
        var all = await incidents.ListAsync(call.Arguments.Flag("open"), (int)limit, cancellationToken);
        var open = all.Count(i => i.ResolvedAt is null);
        var summary = all.Count == 0 ? "There are no incidents." : $"{all.Count} incident{(all.Count == 1 ? "" : "s")}, {open} open.";
        List<Block> blocks = [new TextBlock(PlainText.Escape(summary))];
        if (all.Count > 0)
        {
            blocks.Add(new TableBlock(["Incident", "Since", "State", "Found"], [.. all.Select(i => (IReadOnlyList<string>)
                [i.Id, IncidentText.Time(i.OpenedAt), i.ResolvedAt is null ? "open" : $"resolved by {i.ResolvedBy}", i.Title])]));
        }

        return ToolAnswer.Done(summary, new RichMessage(blocks), all.Select(IncidentText.Data));
    }
}
