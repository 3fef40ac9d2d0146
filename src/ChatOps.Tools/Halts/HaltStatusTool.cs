using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Halts;

/// <summary>Lists what is halted.</summary>
internal sealed partial class HaltStatusTool(IStore store) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show what is halted");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var halts = await store.ReadAsync(session => session.Halts.Open(), cancellationToken);
        if (halts.Count == 0) return ToolAnswer.Done("Nothing is halted.", Array.Empty<object>());
        var rows = halts.Select(h => (IReadOnlyList<string>)[h.Id, h.On, h.By, $"{h.At.ToUniversalTime():yyyy-MM-dd HH:mm} UTC", h.Reason ?? ""]).ToList();
        return ToolAnswer.Done(
            string.Join(" ", halts.Select(h => $"{h}.")),
            new RichMessage([new TextBlock("Nothing that changes something begins there. Another person lifts it with 'halt lift ID'.", Tone.Refused), new TableBlock(["Id", "On", "By", "Since", "Reason"], rows)]),
            halts.Select(h => new { id = h.Id, on = h.On, by = h.By, reason = h.Reason, at = h.At }).ToList());
    }
}
