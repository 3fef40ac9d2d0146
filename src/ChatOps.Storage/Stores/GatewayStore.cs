using ChatOps.Gateways;
using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>The gateways of a store in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class GatewayStore(SqlSession session) : IGatewayStore
{
    private const char Between = ',';
    private const string Columns = "id, name, version, roles, started_at, seen_at";

    /// <inheritdoc/>
    public IReadOnlyList<GatewayRow> All() => session.Statement($"SELECT {Columns} FROM gateways ORDER BY name, id")
        .All(row => new GatewayRow(row.Text(0), row.Text(1), row.Text(2), row.Text(3).Split(Between, StringSplitOptions.RemoveEmptyEntries), row.Time(4), row.Time(5)));

    /// <inheritdoc/>
    public void Sign(GatewayRow row) => session
        .Statement($"INSERT INTO gateways ({Columns}) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at")
        .Set(row.Id).Set(row.Name).Set(row.Version).Set(string.Join(Between, row.Roles)).Set(row.StartedAt).Set(row.SeenAt).Execute();

    /// <inheritdoc/>
    public void Remove(string id) => session.Statement("DELETE FROM gateways WHERE id = $1").Set(id).Execute();
}
