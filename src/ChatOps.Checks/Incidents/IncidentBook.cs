using ChatOps.Storage;

namespace ChatOps.Checks.Incidents;

/// <summary>Opens incidents, in the transaction of the finding. There is one open incident of a check on a node at most: whatever is found of it there joins.</summary>
internal sealed class IncidentBook(IIdGenerator ids)
{
    /// <summary>The incident of a finding: an open one that it joins, a new one when it is critical, else none. And whether it is new.</summary>
    public (Incident? Incident, bool IsNew) Of(IStoreSession session, Finding finding)
    {
        if (session.Incidents.Open().FirstOrDefault(i => i.Check == finding.Check && i.Targets.Intersect(finding.Targets, StringComparer.Ordinal).Any()) is { } open)
        {
            var joined = open with { Findings = [.. open.Findings, finding.Id], Targets = [.. open.Targets.Union(finding.Targets, StringComparer.Ordinal)] };
            session.Incidents.Set(joined);
            return (joined, false);
        }

        if (finding.Level != CheckLevel.Critical) return (null, false);
        string id;
        do id = ids.NewShortId();
        while (session.Incidents.Find(id) is not null);
        var incident = new Incident
        {
            Id = id, Title = finding.Text, Check = finding.Check, Targets = finding.Targets, Findings = [finding.Id], ConversationId = finding.ConversationId, OpenedAt = finding.OpenedAt,
        };
        session.Incidents.Set(incident);
        return (incident, true);
    }
}
