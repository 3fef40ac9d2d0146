using ChatOps.Checks;
using ChatOps.Storage.Sessions;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>What is done about findings, in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class FindingWorkStore(SqlSession session) : IFindingWorkStore
{
    /// <inheritdoc/>
    public void Set(FindingResponse response) => session
        .Statement(
            "INSERT INTO finding_responses (finding_id, is_open, asked_at, body) VALUES ($1, $2, $3, $4) "
            + "ON CONFLICT (finding_id) DO UPDATE SET is_open = excluded.is_open, asked_at = excluded.asked_at, body = excluded.body")
        .Set(response.FindingId).Set(response.Stage == FindingStage.Done ? 0 : 1).Set(response.AskedAt).Set(Json.Write(response)).Execute();

    /// <inheritdoc/>
    public FindingResponse? Response(string findingId) => session.Statement("SELECT body FROM finding_responses WHERE finding_id = $1").Set(findingId).First(ReadResponse);

    /// <inheritdoc/>
    public IReadOnlyList<FindingResponse> OpenResponses(int limit) =>
        session.Statement("SELECT body FROM finding_responses WHERE is_open = 1 ORDER BY finding_id LIMIT $1").Set(limit).All(ReadResponse);

    /// <inheritdoc/>
    public IReadOnlyList<FindingResponse> AskedSince(DateTimeOffset since) =>
        session.Statement("SELECT body FROM finding_responses WHERE asked_at > $1 ORDER BY asked_at").Set(since).All(ReadResponse);

    /// <inheritdoc/>
    public IReadOnlyList<RunbookRecord> Records() => session.Statement("SELECT body FROM runbook_records ORDER BY name").All(static row => Json.Read<RunbookRecord>(row.Text(0)));

    /// <inheritdoc/>
    public void Set(RunbookRecord record) => session
        .Statement("INSERT INTO runbook_records (name, body) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET body = excluded.body")
        .Set(record.Name).Set(Json.Write(record)).Execute();

    /// <inheritdoc/>
    public void Set(RunbookRun run) => session
        .Statement(
            "INSERT INTO runbook_runs (invocation_id, name, is_open, at, body) VALUES ($1, $2, $3, $4, $5) "
            + "ON CONFLICT (invocation_id) DO UPDATE SET is_open = excluded.is_open, body = excluded.body")
        .Set(run.InvocationId).Set(run.Note).Set(run.EndedAt is null ? 1 : 0).Set(run.At).Set(Json.Write(run)).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<RunbookRun> OpenRuns(int limit) => session.Statement("SELECT body FROM runbook_runs WHERE is_open = 1 ORDER BY at LIMIT $1").Set(limit).All(ReadRun);

    /// <inheritdoc/>
    public IReadOnlyList<RunbookRun> Runs(string note, int limit) =>
        session.Statement("SELECT body FROM runbook_runs WHERE name = $1 ORDER BY at DESC LIMIT $2").Set(note).Set(limit).All(ReadRun);

    private static FindingResponse ReadResponse(SqlRow row) => Json.Read<FindingResponse>(row.Text(0));

    private static RunbookRun ReadRun(SqlRow row) => Json.Read<RunbookRun>(row.Text(0));
}
