using ChatOps.Fleet;
using ChatOps.Storage.Sessions;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>Members of the fleet in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class NodeStore(SqlSession session) : INodeStore
{
    private const string Columns = "name, key, labels, drained, quarantined, alert, generation, offered, version, facts, joined_at, last_seen_at, revision, ssh, gateway";
    private const string TokenColumns = "hash, labels, created_by, created_at, expires_at";

    /// <inheritdoc/>
    public IReadOnlyList<NodeRow> All() => session.Statement($"SELECT {Columns} FROM nodes ORDER BY name").All(Read);

    /// <inheritdoc/>
    public NodeRow? Find(string name) => session.Statement($"SELECT {Columns} FROM nodes WHERE name = $1").Set(name).First(Read);

    /// <inheritdoc/>
    public NodeRow? FindByKey(string key) => session.Statement($"SELECT {Columns} FROM nodes WHERE key = $1").Set(key).First(Read);

    /// <inheritdoc/>
    public bool Add(NodeRow row) => session
        .Statement($"INSERT INTO nodes ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING")
        .Set(row.Name).Set(row.Key).Set(Json.Write(row.Labels)).Set(row.Drained ? 1 : 0).Set(row.Quarantined ? 1 : 0).Set(row.Alert)
        .Set(row.Generation).Set(row.Offered).Set(row.Version).Set(Json.Write(row.Facts)).Set(row.JoinedAt).Set(row.LastSeenAt).Set(row.Revision)
        .Set(row.Ssh is null ? null : Json.Write(row.Ssh)).Set(row.Gateway)
        .ExecuteCount() == 1;

    /// <inheritdoc/>
    public bool Update(NodeRow row)
    {
        const string Change =
            """
            UPDATE nodes SET key = $2, labels = $3, drained = $4, quarantined = $5, alert = $6, generation = $7, offered = $8, version = $9, facts = $10,
              last_seen_at = $11, gateway = $12, revision = revision + 1
            WHERE name = $1 AND revision = $13
            """;
        return session.Statement(Change)
            .Set(row.Name).Set(row.Key).Set(Json.Write(row.Labels)).Set(row.Drained ? 1 : 0).Set(row.Quarantined ? 1 : 0).Set(row.Alert)
            .Set(row.Generation).Set(row.Offered).Set(row.Version).Set(Json.Write(row.Facts)).Set(row.LastSeenAt).Set(row.Gateway).Set(row.Revision)
            .ExecuteCount() == 1;
    }

    /// <inheritdoc/>
    public IReadOnlyList<NodeMark> Marks() => session.Statement("SELECT name, joined_at, revision, last_seen_at FROM nodes")
        .All(row => new NodeMark(row.Text(0), row.Time(1), row.Number(2), row.Time(3)));

    /// <inheritdoc/>
    public void Seen(string name, string gateway, long generation, DateTimeOffset at, IReadOnlyDictionary<string, string>? facts) => session
        .Statement("UPDATE nodes SET last_seen_at = $4, facts = COALESCE($5, facts) WHERE name = $1 AND gateway = $2 AND generation = $3")
        .Set(name).Set(gateway).Set(generation).Set(at).Set(facts is null ? null : Json.Write(facts)).Execute();

    /// <inheritdoc/>
    public bool Remove(string name) => session.Statement("DELETE FROM nodes WHERE name = $1").Set(name).ExecuteCount() == 1;

    /// <inheritdoc/>
    public void AddToken(JoinToken token)
    {
        session.Statement("DELETE FROM join_tokens WHERE expires_at <= $1").Set(token.CreatedAt).Execute();
        session.Statement($"INSERT INTO join_tokens ({TokenColumns}) VALUES ($1, $2, $3, $4, $5)")
            .Set(token.Hash).Set(Json.Write(token.Labels)).Set(token.CreatedBy).Set(token.CreatedAt).Set(token.ExpiresAt)
            .Execute();
    }

    /// <inheritdoc/>
    public JoinToken? TakeToken(string hash, DateTimeOffset now) => session
        .Statement($"DELETE FROM join_tokens WHERE hash = $1 AND expires_at > $2 RETURNING {TokenColumns}")
        .Set(hash).Set(now).ExecuteReturning(ReadToken);

    /// <inheritdoc/>
    public IReadOnlyList<JoinToken> Tokens(DateTimeOffset now) => session
        .Statement($"SELECT {TokenColumns} FROM join_tokens WHERE expires_at > $1 ORDER BY created_at, hash")
        .Set(now).All(ReadToken);

    private static NodeRow Read(SqlRow row) => new(
        row.Text(0), row.Text(1), Map(row.Text(2)), row.Number(3) == 1, row.Number(4) == 1, row.TextOrNull(5), row.Number(6), row.Number(7), row.Text(8),
        Map(row.Text(9)), row.Time(10), row.Time(11), row.Number(12))
    {
        Ssh = row.TextOrNull(13) is { } ssh ? Json.Read<SshAddress>(ssh) : null,
        Gateway = row.TextOrNull(14),
    };

    private static JoinToken ReadToken(SqlRow row) => new(row.Text(0), Map(row.Text(1)), row.Text(2), row.Time(3), row.Time(4));

    private static SortedDictionary<string, string> Map(string json) => new(Json.Read<Dictionary<string, string>>(json), StringComparer.Ordinal);
}
