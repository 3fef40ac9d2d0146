using System.Text.Json.Nodes;
using ChatOps.Audit;

namespace ChatOps.Tools.AuditTools;

/// <summary>Audit records as data.</summary>
internal static class AuditText
{
    public static object Data(AuditRecord record) => new
    {
        sequence = record.Sequence,
        id = record.Id,
        time = record.Time,
        kind = record.Entry.Kind,
        principal = record.Entry.Principal,
        actor = record.Entry.ActorKey,
        tool = record.Entry.Tool,
        nodes = record.Entry.Nodes,
        risk = record.Entry.Risk,
        rule = record.Entry.Rule,
        outcome = record.Entry.Outcome,
        summary = record.Entry.Summary,
        conversation = record.Entry.ConversationId,
        invocation = record.Entry.InvocationId,
        approval = record.Entry.ApprovalId,
        detail = record.Entry.Detail,
        previousHash = record.PreviousHash,
        hash = record.Hash,
    };

    /// <summary>A kind in words: <c>approval settled</c>.</summary>
    public static string Kind(AuditKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString()));

    public static JsonNode? Canonical(AuditRecord record) => JsonNode.Parse(record.CanonicalJson);
}
