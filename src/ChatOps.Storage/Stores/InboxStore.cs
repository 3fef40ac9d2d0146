using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>The inbox in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class InboxStore(SqlSession session) : IInboxStore
{
    /// <summary>Rows that one call of <see cref="Prune"/> removes at most, so that no single transaction grows long.</summary>
    public const int PruneBatch = 2000;

    /// <summary>Sorts after every id.</summary>
    private const string AfterEveryId = "~";

    // Not read: the context says it. It stands by itself for what selects by it.
    private const string Quiet = "quiet";

    private const string Columns =
        "id, platform_key, conversation_id, actor_channel, actor_tenant, actor_user, actor_name, kind, text, received_at, state, attempts, waits_for, outcome, context";

    /// <inheritdoc/>
    public (string Id, bool Added) Add(InboxItem item, Func<string, string>? later = null)
    {
        const string Insert =
            $"INSERT INTO inbox ({Columns}, {Quiet}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (platform_key) DO NOTHING RETURNING (SELECT MAX(id) FROM inbox)";
        var row = session.Statement(Insert)
            .Set(item.Id).Set(item.PlatformKey).Set(item.ConversationId)
            .Set(item.Actor.Channel).Set(item.Actor.Tenant).Set(item.Actor.UserId).Set(item.Actor.DisplayName)
            .Set(item.Kind).Set(item.Text).Set(item.ReceivedAt).Set(item.State).Set(item.Attempts).Set(item.WaitsFor).Set(item.Outcome)
            .Set(ContextJson.Write(item.Context)).Set(item.Context.Quiet ? 1 : 0)
            .ExecuteReturning(r => new Newest(r.TextOrNull(0)));
        return row is not null
            ? (session.Later("inbox", item.Id, row, later), true)
            : (session.Statement("SELECT id FROM inbox WHERE platform_key = $1").Set(item.PlatformKey).First(r => r.Text(0))!, false);
    }

    /// <inheritdoc/>
    public InboxItem? Find(string id) => session.Statement($"SELECT {Columns} FROM inbox WHERE id = $1").Set(id).First(Read);

    /// <inheritdoc/>
    public InboxItem? Next(string conversationId) => AskNext(conversationId).Value;

    /// <inheritdoc/>
    public IAnswer<InboxItem?> AskNext(string conversationId, string? besides = null) => session
        .Statement($"SELECT {Columns} FROM inbox WHERE id = (SELECT id FROM inbox WHERE conversation_id = $1 AND state IN ('accepted', 'working') AND id <> $2 ORDER BY id LIMIT 1)")
        .Set(conversationId).Set(besides ?? "").Ahead(Read);

    /// <inheritdoc/>
    public IReadOnlyList<InboxItem> Open(string conversationId, int limit) => session
        .Statement($"SELECT {Columns} FROM inbox WHERE conversation_id = $1 AND state IN ('accepted', 'working') ORDER BY id LIMIT $2")
        .Set(conversationId).Set(limit).All(Read);

    /// <inheritdoc/>
    public InboxItem? FindWaitingFor(string invocationId) => session
        .Statement($"SELECT {Columns} FROM inbox WHERE waits_for = $1 AND state = 'suspended' ORDER BY id LIMIT 1")
        .Set(invocationId).First(Read);

    /// <inheritdoc/>
    public void SetState(string id, InboxState state, string? waitsFor, string? outcome)
    {
        const string Update =
            "UPDATE inbox SET state = $2, waits_for = $3, outcome = $4, attempts = attempts + CASE WHEN $2 = 'working' THEN 1 ELSE 0 END WHERE id = $1";
        session.Statement(Update).Set(id).Set(state).Set(waitsFor).Set(outcome).Execute();
    }

    /// <inheritdoc/>
    public bool Resume(string id) => session
        .Statement("UPDATE inbox SET state = 'accepted', waits_for = NULL, attempts = 0 WHERE id = $1 AND state = 'suspended'").Set(id).ExecuteCount() == 1;

    /// <inheritdoc/>
    public IReadOnlyList<InboxItem> SuspendedIn(string conversationId, int limit) => session
        .Statement($"SELECT {Columns} FROM inbox WHERE conversation_id = $1 AND state = 'suspended' ORDER BY id LIMIT $2").Set(conversationId).Set(limit).All(Read);

    /// <inheritdoc/>
    public void SetContext(string id, InboundContext context) =>
        session.Statement($"UPDATE inbox SET context = $2, {Quiet} = $3 WHERE id = $1").Set(id).Set(ContextJson.Write(context)).Set(context.Quiet ? 1 : 0).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<string> ConversationsWithWork(int limit) => session
        .Statement("SELECT conversation_id FROM inbox WHERE state IN ('accepted', 'working') GROUP BY conversation_id ORDER BY MIN(id) LIMIT $1")
        .Set(limit).All(r => r.Text(0));

    /// <inheritdoc/>
    public IReadOnlyList<InboxItem> Suspended(int limit) => session
        .Statement($"SELECT {Columns} FROM inbox WHERE state = 'suspended' ORDER BY id LIMIT $1").Set(limit).All(Read);

    /// <inheritdoc/>
    public (DateTimeOffset? Oldest, long Count) Waiting() => session
        .Statement("SELECT MIN(received_at), COUNT(*) FROM inbox WHERE state IN ('accepted', 'working')")
        .First(r => (r.TimeOrNull(0), r.Number(1)));

    /// <inheritdoc/>
    public int Prune(DateTimeOffset before)
    {
        const string Delete =
            "DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE state IN ('done', 'failed', 'cancelled') AND received_at < $1 ORDER BY received_at LIMIT $2)";
        return session.Statement(Delete).Set(before).Set(PruneBatch).ExecuteCount();
    }

    /// <summary>A conversation's newest texts with ids below a bound, newest first.</summary>
    public List<InboxItem> Texts(string conversationId, string? before, int limit)
    {
        // Each half has its own index, and each is short.
        var open = Texts("'accepted', 'working'");
        var over = Texts("'suspended', 'done', 'failed', 'cancelled'");
        return [.. open.Concat(over).OrderByDescending(i => i.Id, StringComparer.Ordinal).Take(limit)];

        List<InboxItem> Texts(string states) => session
            .Statement($"SELECT {Columns} FROM inbox WHERE conversation_id = $1 AND state IN ({states}) AND kind = 'text' AND id < $2 AND {Quiet} = 0 ORDER BY id DESC LIMIT $3")
            .Set(conversationId).Set(before ?? AfterEveryId).Set(limit).All(Read);
    }

    private static InboxItem Read(SqlRow row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        new Actor(row.Text(3), row.Text(4), row.Text(5), row.TextOrNull(6)),
        row.Word<InboundKind>(7),
        row.Text(8),
        row.Time(9),
        row.Word<InboxState>(10),
        (int)row.Number(11),
        row.TextOrNull(12),
        row.TextOrNull(13)) { Context = ContextJson.Read(row.TextOrNull(14)) };
}
