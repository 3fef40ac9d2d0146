using ChatOps.Audit;
using ChatOps.Messages;

namespace ChatOps.Tools.AuditTools;

/// <summary>Lists audit records.</summary>
internal sealed partial class AuditListTool(IAuditLog audit, TimeProvider time) : ITool
{
    private const int MaxRecords = 1000;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List audit records");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var a = call.Arguments;
        var now = time.GetUtcNow();
        var records = await audit.QueryAsync(
            new AuditQuery(
                Since: now - a.Duration("since"), Until: now - a.Duration("until"), Principal: a.Text("user"), Tool: a.Text("tool"), Node: a.Text("node"),
                Outcome: a.Text("outcome"), Text: a.Text("text"), Before: a.Number("before"), Limit: (int)Math.Clamp(a.Number("limit") ?? 50, 1, MaxRecords)),
            cancellationToken);
        var rows = records.Select(r => (IReadOnlyList<string>)
            [$"{r.Sequence}", $"{r.Time:MM-dd HH:mm:ss}", r.Entry.Principal, AuditText.Kind(r.Entry.Kind), r.Entry.Outcome ?? "", r.Entry.Summary]).ToList();
        var summary = records.Count == 0 ? "No records match." : $"{records.Count} record{(records.Count == 1 ? "" : "s")}, newest first (times in UTC).";
        return ToolAnswer.Done(
            summary,
            new RichMessage(records.Count == 0 ? [new TextBlock(summary)] : [new TextBlock(summary), new TableBlock(["#", "Time", "Who", "What", "Outcome", "Summary"], rows)]),
            records.Select(AuditText.Data).ToList());
    }
}
