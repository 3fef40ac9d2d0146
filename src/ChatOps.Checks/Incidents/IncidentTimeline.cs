using ChatOps.Audit;
using ChatOps.Policy;

namespace ChatOps.Checks.Incidents;

/// <summary>What of the record belongs to an incident: its findings, what people marked, and from its beginning to its end what was said and done in its conversation or changed on its nodes. Pure.</summary>
internal static class IncidentTimeline
{
    private const string FindingKey = "finding";
    private const string IncidentKey = "incident";

    /// <summary>The entries, oldest first.</summary>
    public static IReadOnlyList<IncidentEntry> Of(Incident incident, IEnumerable<AuditRecord> records)
    {
        var all = records.OrderBy(r => r.Sequence).ToList();
        // An intent is told only where its end is not on record.
        var ended = all.Where(r => r.Entry is { Kind: AuditKind.Outcome, InvocationId: not null }).Select(r => r.Entry.InvocationId!).ToHashSet(StringComparer.Ordinal);
        // The vote that decides is the decision, and says who: what follows from it is not told once more.
        var voted = all.Where(r => r.Entry is { Kind: AuditKind.ApprovalVote, ApprovalId: not null }).Select(r => (r.Entry.ApprovalId!, r.Entry.Summary)).ToHashSet();
        return [.. all.Where(r => Belongs(incident, r) && !(r.Entry is { Kind: AuditKind.ApprovalSettled, ApprovalId: { } settled } && voted.Contains((settled, r.Entry.Summary))) && !(r.Entry.Kind == AuditKind.Intent && ended.Contains(r.Entry.InvocationId ?? "")))
            .Select(r => new IncidentEntry(r.Time, Kind(r.Entry), r.Entry.Principal, Line(r.Entry), r.Id))];
    }

    private static bool Belongs(Incident incident, AuditRecord record)
    {
        var entry = record.Entry;
        if (entry.Detail.TryGetValue(IncidentKey, out var named)) return named == incident.Id;
        if (entry.Detail.TryGetValue(FindingKey, out var finding)) return incident.Findings.Contains(finding);
        // What was done before is another matter; only the finding itself may seem a moment older.
        if (record.Time < incident.OpenedAt) return false;
        if (entry.ConversationId == incident.ConversationId) return true;
        return entry.Nodes.Intersect(incident.Targets, StringComparer.Ordinal).Any() && (entry.Risk is not (null or Risk.Read) || entry.Kind is AuditKind.ApprovalRequested or AuditKind.ApprovalVote or AuditKind.ApprovalSettled);
    }

    private static string Kind(AuditEntry entry) => entry switch
    {
        { Outcome: "found" } => "finding",
        { Outcome: "recovered" } => "recovery",
        { Outcome: "noted" } => "note",
        { Kind: AuditKind.ApprovalRequested or AuditKind.ApprovalVote or AuditKind.ApprovalSettled or AuditKind.Grant } => "approval",
        { Kind: AuditKind.Intent or AuditKind.Outcome } => "command",
        { Kind: AuditKind.Refusal } => "refusal",
        { Kind: AuditKind.Turn } => "look",
        _ => "gateway",
    };

    private static string Line(AuditEntry entry)
    {
        var line = entry.Summary.ReplaceLineEndings(" ").Trim();
        return entry.Kind is AuditKind.Outcome or AuditKind.Refusal && entry.Outcome is { } outcome && !line.Contains(outcome, StringComparison.OrdinalIgnoreCase) ? $"{line} ({outcome})" : line;
    }
}
