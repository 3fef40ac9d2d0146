using ChatOps.Schedules;
using ChatOps.Storage.Sessions;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>Schedules and their runs in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class ScheduleStore(SqlSession session) : IScheduleStore
{
    /// <summary>Runs that one prune removes.</summary>
    private const int PrunedAtOnce = 1000;

    private const string Columns = "name, definition, state, reason, created_at, next_at, failures";

    private const string RunColumns =
        "id, schedule, nominal, reason, state, not_before, attempt, holder, lease_until, started_at, finished_at, summary, audit_id, waits_for, stop_asked";

    private const string IsOpen = "state IN ('queued', 'running', 'waiting')";

    // One run of a schedule at a time, in the order of their ticks.
    private const string IsFirst =
        """
        q.state = 'queued'
        AND NOT EXISTS (SELECT 1 FROM schedule_runs o WHERE o.schedule = q.schedule AND o.state IN ('running', 'waiting'))
        AND NOT EXISTS (SELECT 1 FROM schedule_runs e WHERE e.schedule = q.schedule AND e.state = 'queued' AND e.nominal < q.nominal)
        """;

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRow> All(int limit) => session.Statement($"SELECT {Columns} FROM schedules ORDER BY name LIMIT $1").Set(limit).All(Read);

    /// <inheritdoc/>
    public ScheduleRow? Find(string name) => session.Statement($"SELECT {Columns} FROM schedules WHERE name = $1").Set(name).First(Read);

    /// <inheritdoc/>
    public int Count() => (int)session.Statement("SELECT COUNT(*) FROM schedules").First(r => r.Number(0));

    /// <inheritdoc/>
    public void Save(ScheduleRow row)
    {
        const string Upsert =
            $"""
            INSERT INTO schedules ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, state = excluded.state, reason = excluded.reason,
            created_at = excluded.created_at, next_at = excluded.next_at, failures = excluded.failures
            """;
        session.Statement(Upsert).Set(row.Schedule.Name).Set(Json.Write(row.Schedule)).Set(row.State).Set(row.Reason).Set(row.CreatedAt).Set(row.NextAt).Set(row.Failures).Execute();
    }

    /// <inheritdoc/>
    public bool Remove(string name) => session.Statement("DELETE FROM schedules WHERE name = $1").Set(name).ExecuteCount() == 1;

    /// <inheritdoc/>
    public void Decline(string name, string settings) => session
        .Statement("INSERT INTO schedules_declined (name, settings) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET settings = excluded.settings").Set(name).Set(settings).Execute();

    /// <inheritdoc/>
    public string? Declined(string name) => session.Statement("SELECT settings FROM schedules_declined WHERE name = $1").Set(name).First(r => r.Text(0));

    /// <inheritdoc/>
    public bool TakeBack(string name) => session.Statement("DELETE FROM schedules_declined WHERE name = $1").Set(name).ExecuteCount() == 1;

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRow> Due(DateTimeOffset now, int limit) => session
        .Statement($"SELECT {Columns} FROM schedules WHERE next_at IS NOT NULL AND state = 'active' AND next_at <= $1 ORDER BY next_at LIMIT $2").Set(now).Set(limit).All(Read);

    /// <inheritdoc/>
    public DateTimeOffset? NextAt()
    {
        var tick = session.Statement("SELECT MIN(next_at) FROM schedules WHERE next_at IS NOT NULL AND state = 'active'").First(r => r.TimeOrNull(0));
        var run = session.Statement($"SELECT MIN(q.not_before) FROM schedule_runs q WHERE {IsFirst}").First(r => r.TimeOrNull(0));
        return tick is null || run < tick ? run ?? tick : tick;
    }

    /// <inheritdoc/>
    public bool AddRun(ScheduleRunRow run) => Bind(session.Statement(
        $"INSERT INTO schedule_runs ({RunColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING"), run).ExecuteCount() == 1;

    /// <inheritdoc/>
    public ScheduleRunRow? FindRun(string id) => session.Statement($"SELECT {RunColumns} FROM schedule_runs WHERE id = $1").Set(id).First(ReadRun);

    /// <inheritdoc/>
    public bool ChangeRun(ScheduleRunRow run, ScheduleRunState from, string? holder)
    {
        const string Update =
            """
            UPDATE schedule_runs SET schedule = $2, nominal = $3, reason = $4, state = $5, not_before = $6, attempt = $7, holder = $8, lease_until = $9,
            started_at = $10, finished_at = $11, summary = $12, audit_id = $13, waits_for = $14, stop_asked = $15
            WHERE id = $1 AND state = $16 AND COALESCE(holder, '') = $17
            """;
        return Bind(session.Statement(Update), run).Set(from).Set(holder ?? "").ExecuteCount() == 1;
    }

    /// <inheritdoc/>
    public void CancelQueued(string schedule, string summary, DateTimeOffset now) => session
        .Statement("UPDATE schedule_runs SET state = 'cancelled', finished_at = $2, summary = $3 WHERE schedule = $1 AND state = 'queued'").Set(schedule).Set(now).Set(summary).Execute();

    /// <inheritdoc/>
    public void AskToStop(string schedule) => session
        .Statement("UPDATE schedule_runs SET stop_asked = 1 WHERE schedule = $1 AND state IN ('running', 'waiting')").Set(schedule).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRow> Ended(int limit) => session.Statement($"SELECT {Columns} FROM schedules WHERE state = 'ended' ORDER BY name LIMIT $1").Set(limit).All(Read);

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRunRow> Open(string schedule) => session
        .Statement($"SELECT {RunColumns} FROM schedule_runs WHERE {IsOpen} AND schedule = $1 ORDER BY nominal").Set(schedule).All(ReadRun);

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRunRow> Ready(DateTimeOffset now, int limit) => session
        .Statement($"SELECT {RunColumns} FROM schedule_runs q WHERE {IsFirst} AND q.not_before <= $1 ORDER BY q.not_before LIMIT $2").Set(now).Set(limit).All(ReadRun);

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRunRow> InState(ScheduleRunState state, int limit) => session
        .Statement($"SELECT {RunColumns} FROM schedule_runs WHERE {IsOpen} AND state = $1 ORDER BY nominal LIMIT $2").Set(state).Set(limit).All(ReadRun);

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRunRow> WaitingFor(string id) => session
        .Statement($"SELECT {RunColumns} FROM schedule_runs WHERE waits_for = $1 AND state = 'waiting'").Set(id).All(ReadRun);

    /// <inheritdoc/>
    public void RenewRuns(string holder, DateTimeOffset until) => session
        .Statement($"UPDATE schedule_runs SET lease_until = $2 WHERE {IsOpen} AND state = 'running' AND holder = $1").Set(holder).Set(until).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRunRow> Left(DateTimeOffset now, int limit) => session
        .Statement($"SELECT {RunColumns} FROM schedule_runs WHERE {IsOpen} AND state = 'running' AND lease_until <= $1 ORDER BY nominal LIMIT $2").Set(now).Set(limit).All(ReadRun);

    /// <inheritdoc/>
    public void EndLeasesOfOthers(string holder) => session
        .Statement($"UPDATE schedule_runs SET lease_until = 0 WHERE {IsOpen} AND state = 'running' AND holder <> $1").Set(holder).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRunRow> History(string? schedule, int limit) => schedule is null
        ? session.Statement($"SELECT {RunColumns} FROM schedule_runs ORDER BY nominal DESC LIMIT $1").Set(limit).All(ReadRun)
        : session.Statement($"SELECT {RunColumns} FROM schedule_runs WHERE schedule = $1 ORDER BY nominal DESC LIMIT $2").Set(schedule).Set(limit).All(ReadRun);

    /// <inheritdoc/>
    public IReadOnlyList<ScheduleRunRow> EndedSince(DateTimeOffset since, int limit) => session
        .Statement($"SELECT {RunColumns} FROM schedule_runs WHERE finished_at IS NOT NULL AND finished_at >= $1 ORDER BY finished_at DESC LIMIT $2").Set(since).Set(limit).All(ReadRun);

    /// <inheritdoc/>
    public int PruneRuns(DateTimeOffset before) => session
        .Statement("DELETE FROM schedule_runs WHERE id IN (SELECT id FROM schedule_runs WHERE finished_at IS NOT NULL AND finished_at < $1 LIMIT $2)")
        .Set(before).Set(PrunedAtOnce).ExecuteCount();

    private static SqlStatement Bind(SqlStatement statement, ScheduleRunRow run) => statement
        .Set(run.Id).Set(run.Schedule).Set(run.Nominal).Set(run.Trigger).Set(run.State).Set(run.NotBefore).Set(run.Attempt).Set(run.Holder).Set(run.LeaseUntil)
        .Set(run.StartedAt).Set(run.FinishedAt).Set(run.Summary).Set(run.AuditId).Set(run.WaitsFor).Set(run.StopAsked ? 1 : 0);

    private static ScheduleRow Read(SqlRow row) =>
        new(Json.Read<Schedule>(row.Text(1)), row.Word<ScheduleState>(2), row.Time(4), row.TimeOrNull(5)) { Reason = row.TextOrNull(3), Failures = (int)row.Number(6) };

    private static ScheduleRunRow ReadRun(SqlRow row) => new(
        row.Text(0), row.Text(1), row.Time(2), row.Word<ScheduleTrigger>(3), row.Word<ScheduleRunState>(4), row.Time(5))
    {
        Attempt = (int)row.Number(6),
        Holder = row.TextOrNull(7),
        LeaseUntil = row.TimeOrNull(8),
        StartedAt = row.TimeOrNull(9),
        FinishedAt = row.TimeOrNull(10),
        Summary = row.TextOrNull(11),
        AuditId = row.TextOrNull(12),
        WaitsFor = row.TextOrNull(13),
        StopAsked = row.Number(14) != 0,
    };
}
