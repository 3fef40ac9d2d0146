using ChatOps.Checks;
using ChatOps.Storage.Sessions;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>Checks in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class CheckStore(SqlSession session) : ICheckStore
{
    private const string IncidentColumns = "id, title, conversation_id, opened_at, resolved_at, resolved_by, report";

    // A silence of all targets is one of no name.
    private const string EveryTarget = "";

    /// <inheritdoc/>
    public IReadOnlyList<CheckState> States() => session.Statement("SELECT body FROM check_states ORDER BY check_name, target").All(static row => Json.Read<CheckState>(row.Text(0)));

    /// <inheritdoc/>
    public void SetState(CheckState state, DateTimeOffset now) => session
        .Statement("INSERT INTO check_states (check_name, target, body, at) VALUES ($1, $2, $3, $4) ON CONFLICT (check_name, target) DO UPDATE SET body = excluded.body, at = excluded.at")
        .Set(state.Key.Check).Set(state.Key.Target).Set(Json.Write(state)).Set(now).Execute();

    /// <inheritdoc/>
    public void RemoveState(CheckKey key) =>
        session.Statement("DELETE FROM check_states WHERE check_name = $1 AND target = $2").Set(key.Check).Set(key.Target).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<CheckSilence> Silences(DateTimeOffset now) => session
        .Statement("SELECT check_name, target, until, silenced_by, reason FROM check_silences WHERE until > $1 ORDER BY check_name, target").Set(now)
        .All(static row => new CheckSilence(row.Text(0), row.Text(1) is { Length: > 0 } target ? target : null, row.Time(2), row.Text(3), row.Text(4)));

    /// <inheritdoc/>
    public void SetSilence(CheckSilence silence) => session
        .Statement(
            "INSERT INTO check_silences (check_name, target, until, silenced_by, reason) VALUES ($1, $2, $3, $4, $5) "
            + "ON CONFLICT (check_name, target) DO UPDATE SET until = excluded.until, silenced_by = excluded.silenced_by, reason = excluded.reason")
        .Set(silence.Check).Set(silence.Target ?? EveryTarget).Set(silence.Until).Set(silence.By).Set(silence.Reason).Execute();

    /// <inheritdoc/>
    public int RemoveSilences(string check, string? target) => target is null
        ? session.Statement("DELETE FROM check_silences WHERE check_name = $1").Set(check).Execute()
        : session.Statement("DELETE FROM check_silences WHERE check_name = $1 AND target = $2").Set(check).Set(target).Execute();

    /// <inheritdoc/>
    public void SetFinding(Finding finding) => session
        .Statement(
            "INSERT INTO findings (id, incident_id, is_open, asked_at, body) VALUES ($1, $2, $3, $4, $5) "
            + "ON CONFLICT (id) DO UPDATE SET incident_id = excluded.incident_id, is_open = excluded.is_open, asked_at = excluded.asked_at, body = excluded.body")
        .Set(finding.Id).Set(finding.Incident).Set(finding.ClosedAt is null || finding.Work != FindingWork.None ? 1 : 0).Set(finding.AskedAt).Set(Json.Write(finding)).Execute();

    /// <inheritdoc/>
    public Finding? Finding(string id) => session.Statement("SELECT body FROM findings WHERE id = $1").Set(id).First(ReadFinding);

    /// <inheritdoc/>
    public IReadOnlyList<Finding> OpenFindings(int limit) => session.Statement("SELECT body FROM findings WHERE is_open = 1 ORDER BY id LIMIT $1").Set(limit).All(ReadFinding);

    /// <inheritdoc/>
    public IReadOnlyList<Finding> FindingsOf(string incident, int limit) =>
        session.Statement("SELECT body FROM findings WHERE incident_id = $1 ORDER BY id LIMIT $2").Set(incident).Set(limit).All(ReadFinding);

    /// <inheritdoc/>
    public int AskedSince(DateTimeOffset since) => (int)session.Statement("SELECT COUNT(*) FROM findings WHERE asked_at > $1").Set(since).First(static row => row.Number(0));

    /// <inheritdoc/>
    public void SetIncident(Incident incident) => session
        .Statement(
            $"INSERT INTO incidents ({IncidentColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7) "
            + "ON CONFLICT (id) DO UPDATE SET title = excluded.title, resolved_at = excluded.resolved_at, resolved_by = excluded.resolved_by, report = excluded.report")
        .Set(incident.Id).Set(incident.Title).Set(incident.ConversationId).Set(incident.OpenedAt).Set(incident.ResolvedAt).Set(incident.ResolvedBy).Set(incident.Report).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<Incident> Incidents(bool openOnly, int limit) => session
        .Statement($"SELECT {IncidentColumns} FROM incidents {(openOnly ? "WHERE resolved_at IS NULL " : "")}ORDER BY id DESC LIMIT $1").Set(limit)
        .All(static row => new Incident(row.Text(0), row.Text(1), row.Text(2), row.Time(3), row.TimeOrNull(4), row.TextOrNull(5), row.TextOrNull(6)));

    /// <inheritdoc/>
    public void AddEntry(string incident, string id, IncidentEntry entry) => session
        .Statement("INSERT INTO incident_entries (id, incident_id, at, kind, who, body, audit_id) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING")
        .Set(id).Set(incident).Set(entry.At).Set(entry.Kind).Set(entry.Who).Set(entry.Text).Set(entry.AuditId).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<IncidentEntry> Entries(string incident, int limit) => session
        .Statement("SELECT at, kind, who, body, audit_id FROM incident_entries WHERE incident_id = $1 ORDER BY id LIMIT $2").Set(incident).Set(limit)
        .All(static row => new IncidentEntry(row.Time(0), row.Text(1), row.Text(2), row.Text(3), row.TextOrNull(4)));

    /// <inheritdoc/>
    public RunbookRecord? Runbook(string name) => session.Statement("SELECT body FROM runbook_records WHERE name = $1").Set(name).First(static row => Json.Read<RunbookRecord>(row.Text(0)));

    /// <inheritdoc/>
    public void SetRunbook(RunbookRecord record) => session
        .Statement("INSERT INTO runbook_records (name, body) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET body = excluded.body")
        .Set(record.Name).Set(Json.Write(record)).Execute();

    private static Finding ReadFinding(SqlRow row) => Json.Read<Finding>(row.Text(0));
}
