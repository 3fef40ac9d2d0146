using ChatOps.Checks;
using ChatOps.Storage.Sessions;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>Incidents in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class IncidentStore(SqlSession session) : IIncidentStore
{
    /// <inheritdoc/>
    public void Set(Incident incident) => session
        .Statement("INSERT INTO incidents (id, is_open, opened_at, body) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET is_open = excluded.is_open, body = excluded.body")
        .Set(incident.Id).Set(incident.ResolvedAt is null ? 1 : 0).Set(incident.OpenedAt).Set(Json.Write(incident)).Execute();

    /// <inheritdoc/>
    public Incident? Find(string id) => session.Statement("SELECT body FROM incidents WHERE id = $1").Set(id).First(Read);

    /// <inheritdoc/>
    public IReadOnlyList<Incident> Open() => session.Statement("SELECT body FROM incidents WHERE is_open = 1 ORDER BY opened_at, id").All(Read);

    /// <inheritdoc/>
    public IReadOnlyList<Incident> Newest(int limit) => session.Statement("SELECT body FROM incidents ORDER BY opened_at DESC, id LIMIT $1").Set(limit).All(Read);

    private static Incident Read(SqlRow row) => Json.Read<Incident>(row.Text(0));
}
