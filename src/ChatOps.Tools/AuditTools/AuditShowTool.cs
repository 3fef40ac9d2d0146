using System.Globalization;
using ChatOps.Audit;
using ChatOps.Messages;

namespace ChatOps.Tools.AuditTools;

/// <summary>Shows one audit record.</summary>
internal sealed partial class AuditShowTool(IAuditLog audit) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show an audit record");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id").TrimStart('#');
        var record = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence < long.MaxValue
            ? (await audit.QueryAsync(new AuditQuery(Before: sequence + 1, Limit: 1), cancellationToken)).FirstOrDefault(r => r.Sequence == sequence)
            : await audit.FindAsync(id, cancellationToken);
        if (record is null) return ToolAnswer.Failed(FailureCode.NotFound, $"There is no audit record '{id}'. 'audit' lists the newest.");

        var entry = record.Entry;
        var fields = new List<Field>
        {
            new("When", $"{record.Time:yyyy-MM-dd HH:mm:ss.fff} UTC"), new("Who", entry.ActorKey is null ? entry.Principal : $"{entry.Principal} ({entry.ActorKey})"),
            new("What", AuditText.Kind(entry.Kind)),
        };
        void Add(string label, string? value)
        {
            if (!string.IsNullOrEmpty(value)) fields.Add(new Field(label, value));
        }

        Add("Tool", entry.Tool);
        Add("Nodes", string.Join(", ", entry.Nodes));
        Add("Risk", entry.Risk?.ToString().ToLowerInvariant());
        Add("Rule", entry.Rule);
        Add("Outcome", entry.Outcome);
        Add("Invocation", entry.InvocationId);
        Add("Approval", entry.ApprovalId);
        foreach (var (label, value) in entry.Detail) Add(label, value);
        Add("Hash", record.Hash);
        Add("Previous", record.PreviousHash);
        return ToolAnswer.Done(
            $"#{record.Sequence}: {entry.Summary}",
            new RichMessage([new TextBlock($"**\\#{record.Sequence}** {PlainText.Escape(entry.Summary)}"), new FieldsBlock(fields)]),
            new { record = AuditText.Data(record), canonical = AuditText.Canonical(record) });
    }
}
