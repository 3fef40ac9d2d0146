using ChatOps.Audit;
using ChatOps.Identity;
using ChatOps.Rendering;
using ChatOps.Secrets;
using ChatOps.Storage;

namespace ChatOps.Checks.Incidents;

/// <summary>What is on record of an incident: the audit's entries, and what people have written in its thread.</summary>
internal sealed class IncidentRecord(IAuditLog log, IStore store, IPrincipals principals, IRedactor redactor)
{
    private const int MaxRecords = 2000;
    private const int MaxSaid = 500;
    private const int MaxText = 300;

    // The finding is recorded in the transaction that opens the incident; clocks of two processes may differ a little.
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);

    /// <summary>The timeline, oldest first, and whether it was cut at its bound.</summary>
    public async Task<(IReadOnlyList<IncidentEntry> Entries, bool Cut)> OfAsync(Incident incident, CancellationToken cancellationToken)
    {
        var records = await log.QueryAsync(new AuditQuery(incident.OpenedAt - Before, incident.ResolvedAt, Limit: MaxRecords), cancellationToken);
        // In a conversation that is not the incident's own, only what is marked belongs to it.
        var said = incident.ToldIn is null ? [] : await store.ReadAsync(s => s.Conversations.Timeline(incident.ConversationId, null, MaxSaid), cancellationToken);
        var messages = said.Select(e => e.Inbound).OfType<InboxItem>().Where(i => i.ReceivedAt <= (incident.ResolvedAt ?? DateTimeOffset.MaxValue)).Select(Entry).OfType<IncidentEntry>();
        return ([.. IncidentTimeline.Of(incident, records).Concat(messages).OrderBy(e => e.At)], records.Count == MaxRecords || said.Count == MaxSaid);
    }

    // Commands are in the audit, with what became of them; what the gateway asks itself is no person's word, and a stranger's is nobody's.
    private IncidentEntry? Entry(InboxItem item)
    {
        if (item.Context.Finding is not null || item.Context.Schedule is not null || item.Text.StartsWith('/') || principals.Resolve(item.Actor) is not { } person) return null;
        var line = redactor.Redact(redactor.Neutralise(item.Text)).ReplaceLineEndings(" ").Trim();
        return line.Length == 0 ? null : new IncidentEntry(item.ReceivedAt, "message", person.Id, line.Length <= MaxText ? line : TextSplitter.Split(line, MaxText, static t => t.Length, fenced: false)[0] + "…", "");
    }
}
