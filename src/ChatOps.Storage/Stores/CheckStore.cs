using ChatOps.Checks;
using ChatOps.Storage.Sessions;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>Checks in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class CheckStore(SqlSession session) : ICheckStore
{
    // A silence of all targets is one of no name.
    private const string EveryTarget = "";

    /// <summary>Values that one call removes.</summary>
    private const int PrunedAtOnce = 5000;

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
        ? session.Statement("DELETE FROM check_silences WHERE check_name = $1").Set(check).ExecuteCount()
        : session.Statement("DELETE FROM check_silences WHERE check_name = $1 AND target = $2").Set(check).Set(target).ExecuteCount();

    /// <inheritdoc/>
    public void SetFinding(Finding finding) => session
        .Statement("INSERT INTO findings (id, is_open, body) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET is_open = excluded.is_open, body = excluded.body")
        .Set(finding.Id).Set(finding.ClosedAt is null ? 1 : 0).Set(Json.Write(finding)).Execute();

    /// <inheritdoc/>
    public Finding? Finding(string id) => session.Statement("SELECT body FROM findings WHERE id = $1").Set(id).First(ReadFinding);

    /// <inheritdoc/>
    public IReadOnlyList<Finding> OpenFindings(int limit) => session.Statement("SELECT body FROM findings WHERE is_open = 1 ORDER BY id LIMIT $1").Set(limit).All(ReadFinding);

    /// <inheritdoc/>
    public IReadOnlyList<Finding> NewestFindings(int limit) => session.Statement("SELECT body FROM findings ORDER BY id DESC LIMIT $1").Set(limit).All(ReadFinding);

    /// <inheritdoc/>
    public void SetValue(CheckKey key, CheckSample value) => session
        .Statement("INSERT INTO check_values (check_name, target, at, body) VALUES ($1, $2, $3, $4) ON CONFLICT (check_name, target, at) DO UPDATE SET body = excluded.body")
        .Set(key.Check).Set(key.Target).Set(value.At).Set(Json.Write(value)).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<CheckSample> Values(CheckKey key, DateTimeOffset since) => session
        .Statement("SELECT body FROM check_values WHERE check_name = $1 AND target = $2 AND at >= $3 ORDER BY at").Set(key.Check).Set(key.Target).Set(since)
        .All(static row => Json.Read<CheckSample>(row.Text(0)));

    /// <inheritdoc/>
    public int PruneValues(DateTimeOffset before) => session
        .Statement("DELETE FROM check_values WHERE (check_name, target, at) IN (SELECT check_name, target, at FROM check_values WHERE at < $1 ORDER BY at LIMIT $2)")
        .Set(before).Set(PrunedAtOnce).ExecuteCount();

    private static Finding ReadFinding(SqlRow row) => Json.Read<Finding>(row.Text(0));
}
