using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.ApprovalTools;

/// <summary>Lists standing grants.</summary>
internal sealed partial class GrantsListTool(IStore store, TimeProvider time) : ITool
{
    private const int MaxListed = 500;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List standing grants");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var grants = await store.ReadAsync(s => s.Approvals.Grants(MaxListed), cancellationToken);
        if (grants.Count == 0) return ToolAnswer.Done("There are no standing grants.", RichMessage.Text("There are no standing grants."), Array.Empty<object>());
        var rows = grants.Select(g => (IReadOnlyList<string>)[g.Id, State(g, now), g.Title, g.Principal, g.CreatedBy, $"{g.ExpiresAt:yyyy-MM-dd HH:mm} UTC", $"{g.Uses}"]).ToList();
        var summary = $"{grants.Count(g => State(g, now) == "active")} active of {grants.Count} standing grants.";
        return ToolAnswer.Done(
            summary,
            new RichMessage([new TextBlock(summary), new TableBlock(["Id", "State", "What", "For", "Given by", "Until", "Uses"], rows)]),
            grants.Select(g => new { g.Id, state = State(g, now), g.Title, g.Principal, g.Tool, g.ApprovalId, g.CreatedBy, g.CreatedAt, g.ExpiresAt, g.Uses, g.LastUsedAt, g.RevokedBy, g.RevokedAt }).ToList());
    }

    private static string State(StandingGrant grant, DateTimeOffset now) => grant.RevokedAt is not null ? "revoked" : grant.ExpiresAt <= now ? "expired" : "active";
}
