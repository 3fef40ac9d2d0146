using System.Globalization;
using ChatOps.Audit;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Checks.Incidents;

/// <summary>Incidents as people see and resolve them.</summary>
internal sealed class Incidents(ChecksOptions options, IStore store, IncidentRecord record, IAuditWriter audit, IReplies replies, IIdGenerator ids, TimeProvider time) : IIncidents, IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    public Task<IReadOnlyList<Incident>> ListAsync(bool openOnly, int limit, CancellationToken cancellationToken) =>
        store.ReadAsync(session => openOnly ? [.. session.Incidents.Open().Reverse().Take(limit)] : session.Incidents.Newest(limit), cancellationToken);

    public Task<(Incident? Incident, string Problem)> FindAsync(string? id, string? conversationId, CancellationToken cancellationToken) => store.ReadAsync<(Incident?, string)>(
        session =>
        {
            if (id is not null) return session.Incidents.Find(id.ToUpperInvariant()) is { } found ? (found, "") : (null, $"There is no incident '{id}'. 'incident list' lists them.");
            var open = session.Incidents.Open();
            // Its own thread is its own; where several were told, it is asked which.
            if (open.FirstOrDefault(i => i.ToldIn is not null && i.ConversationId == conversationId) is { } own) return (own, "");
            var here = open.Where(i => i.ConversationId == conversationId || i.ToldIn == conversationId).ToList();
            return (here.Count > 0 ? here : open) switch
            {
                [] => (null, "No incident is open."),
                [var only] => (only, ""),
                var several => (null, $"{several.Count} incidents are open; say which: {string.Join(", ", several.Select(i => $"{i.Id} ({i.Check})"))}."),
            };
        },
        cancellationToken);

    public Task<(IReadOnlyList<IncidentEntry> Entries, bool Cut)> TimelineAsync(Incident incident, CancellationToken cancellationToken) => record.OfAsync(incident, cancellationToken);

    public Task<bool> NoteAsync(Incident incident, string by, string text, CancellationToken cancellationToken) => store.WriteAsync(
        session =>
        {
            if (session.Incidents.Find(incident.Id) is not { ResolvedAt: null }) return false;
            audit.Append(session, new AuditEntry(AuditKind.System, text)
            {
                Principal = by, ConversationId = incident.ConversationId, Outcome = "noted", Detail = new Dictionary<string, string> { ["incident"] = incident.Id },
            });
            return true;
        },
        cancellationToken);

    public async Task<Incident> ResolveAsync(Incident incident, string by, string note, CancellationToken cancellationToken)
    {
        // One after the other: whoever comes second finds it resolved, and leaves the first one's draft alone.
        await one.WaitAsync(cancellationToken);
        try
        {
            var now = await store.ReadAsync(s => s.Incidents.Find(incident.Id) ?? incident, cancellationToken);
            return now.ResolvedAt is null ? await DraftAsync(now, by, note, cancellationToken) : now;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private async Task<Incident> DraftAsync(Incident incident, string by, string note, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{incident.OpenedAt:yyyy-MM-dd}-incident-{incident.Id}.md");
        var resolved = incident with { ResolvedAt = time.GetUtcNow(), ResolvedBy = by, Report = name };
        var findings = await store.ReadAsync(session => incident.Findings.Select(session.Checks.Finding).OfType<Finding>().ToList(), cancellationToken);
        var (timeline, cut) = await TimelineAsync(resolved, cancellationToken);
        // First the file, then the word that it is there: a crash in between leaves a draft that the next try writes anew.
        await WriteAsync(name, PostMortem.Of(resolved, findings, timeline, cut, note), cancellationToken);
        return await store.WriteAsync(
            session =>
            {
                if (session.Incidents.Find(incident.Id) is { ResolvedAt: not null } earlier) return earlier;
                session.Incidents.Set(resolved);
                audit.Append(session, new AuditEntry(AuditKind.System, $"{by} resolved the incident {incident.Id}.")
                {
                    Principal = by, ConversationId = incident.ConversationId, Outcome = "resolved",
                    Detail = new Dictionary<string, string> { ["incident"] = incident.Id, ["report"] = name, ["note"] = note },
                });
                replies.Post(session, ConversationKey.Parse(incident.ConversationId), IncidentTexts.Resolved(resolved), ReplyPriority.Result, null);
                return resolved;
            },
            cancellationToken);
    }

    private async Task WriteAsync(string name, string text, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(options.Workspace, "reports");
        Directory.CreateDirectory(directory);
        var half = Path.Combine(directory, $".{name}.{ids.NewShortId()}.tmp");
        await File.WriteAllTextAsync(half, text, cancellationToken);
        File.Move(half, Path.Combine(directory, name), overwrite: true);
    }
}
