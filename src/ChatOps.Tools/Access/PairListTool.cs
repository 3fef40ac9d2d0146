using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Tools.Access;

/// <summary>Lists who waits to be let in.</summary>
internal sealed partial class PairListTool(IPairings pairings) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List pairing requests");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var waiting = await pairings.PendingAsync(cancellationToken);
        if (waiting.Count == 0) return ToolAnswer.Done("Nobody waits to be let in.", RichMessage.Text("Nobody waits to be let in."), Array.Empty<object>());
        var rows = waiting.Select(p => (IReadOnlyList<string>)[p.Code, p.Actor.DisplayName ?? "", p.Actor.Key, $"{p.ExpiresAt:HH:mm} UTC"]).ToList();
        return ToolAnswer.Done(
            $"{waiting.Count} wait{(waiting.Count == 1 ? "s" : "")} to be let in.",
            new RichMessage([new TableBlock(["Code", "Name, as they say", "Identity", "Until"], rows)]),
            waiting.Select(p => new { code = p.Code, name = p.Actor.DisplayName, identity = p.Actor.Key, createdAt = p.CreatedAt, expiresAt = p.ExpiresAt }).ToList());
    }
}
