using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>Conversations, leases and timelines in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class ConversationStore(SqlSession session) : IConversationStore
{
    private const string Columns = "id, owner, title, created_at, last_activity_at, memory_from";

    /// <inheritdoc/>
    public void Touch(string id, string? owner, string title, DateTimeOffset now)
    {
        // A clock that steps back must not reorder a person's list.
        const string Upsert =
            """
            INSERT INTO conversations (id, channel, owner, title, created_at, last_activity_at) VALUES ($1, $2, $3, $4, $5, $5)
            ON CONFLICT (id) DO UPDATE SET last_activity_at = excluded.last_activity_at WHERE conversations.last_activity_at < excluded.last_activity_at
            """;
        session.Statement(Upsert).Set(id).Set(id.Split('/', 2)[0]).Set(owner).Set(title).Set(now).Execute();
    }

    /// <inheritdoc/>
    public Conversation? Find(string id) => session.Statement($"SELECT {Columns} FROM conversations WHERE id = $1").Set(id).First(Read);

    /// <inheritdoc/>
    public IReadOnlyList<Conversation> List(string channel, string owner, int limit) => session
        .Statement($"SELECT {Columns} FROM conversations WHERE channel = $1 AND owner = $2 ORDER BY last_activity_at DESC, id DESC LIMIT $3")
        .Set(channel).Set(owner).Set(limit).All(Read);

    /// <inheritdoc/>
    public void Rename(string id, string title) =>
        session.Statement("UPDATE conversations SET title = $2 WHERE id = $1").Set(id).Set(title).Execute();

    /// <inheritdoc/>
    public void BeginMemory(string id, string inboxId) =>
        session.Statement("UPDATE conversations SET memory_from = $2 WHERE id = $1").Set(id).Set(inboxId).Execute();

    /// <inheritdoc/>
    public long? TryLease(string id, string holder, DateTimeOffset now, DateTimeOffset until, Action<string>? newest = null)
    {
        const string Take =
            """
            INSERT INTO conversation_leases (conversation_id, holder, token, until) VALUES ($1, $2, 1, $4)
            ON CONFLICT (conversation_id) DO UPDATE SET holder = excluded.holder, token = conversation_leases.token + 1, until = excluded.until
            WHERE conversation_leases.until <= $3
            RETURNING token, (SELECT MAX(id) FROM outbox)
            """;
        return session.Statement(Take).Set(id).Set(holder).Set(now).Set(until).ExecuteReturning(row =>
        {
            if (row.TextOrNull(1) is { } last) newest?.Invoke(last);
            return (long?)row.Number(0);
        });
    }

    /// <inheritdoc/>
    public bool Renew(string id, long token, DateTimeOffset until) => session
        .Statement("UPDATE conversation_leases SET until = $3 WHERE conversation_id = $1 AND token = $2 AND until > 0")
        .Set(id).Set(token).Set(until).ExecuteCount() == 1;

    /// <inheritdoc/>
    public bool Holds(string id, long token) => session
        .Statement("SELECT COUNT(*) FROM conversation_leases WHERE conversation_id = $1 AND token = $2 AND until > 0")
        .Set(id).Set(token).First(r => r.Number(0)) == 1;

    /// <inheritdoc/>
    public InboxState? HeldState(string id, long token, string inboxId) => session
        .Statement("SELECT i.state FROM conversation_leases AS l JOIN inbox AS i ON i.id = $3 WHERE l.conversation_id = $1 AND l.token = $2 AND l.until > 0")
        .Set(id).Set(token).Set(inboxId).First(r => (InboxState?)r.Word<InboxState>(0));

    /// <inheritdoc/>
    public void Release(string id, long token) => session
        .Statement("UPDATE conversation_leases SET until = 0 WHERE conversation_id = $1 AND token = $2")
        .Set(id).Set(token).Execute();

    /// <inheritdoc/>
    public int ReleaseOthers(string holder) => session
        .Statement("UPDATE conversation_leases SET until = 0 WHERE holder <> $1 AND until > 0").Set(holder).ExecuteCount();

    /// <inheritdoc/>
    public ConversationDigest? Digest(string id) => session
        .Statement("SELECT conversation_id, through_id, text, model, at FROM conversation_digests WHERE conversation_id = $1").Set(id)
        .First(r => new ConversationDigest(r.Text(0), r.Text(1), r.Text(2), r.TextOrNull(3), r.Time(4)));

    /// <inheritdoc/>
    public void SetDigest(ConversationDigest digest) => session
        .Statement("""
            INSERT INTO conversation_digests (conversation_id, through_id, text, model, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (conversation_id) DO UPDATE SET through_id = $2, text = $3, model = $4, at = $5
            """)
        .Set(digest.ConversationId).Set(digest.ThroughId).Set(digest.Text).Set(digest.Model).Set(digest.At).Execute();

    /// <inheritdoc/>
    public IReadOnlyList<TimelineEntry> Timeline(string id, string? before, int limit)
    {
        var entries = new InboxStore(session).Texts(id, before, limit).Select(i => new TimelineEntry(i.Id, i, null))
            .Concat(new OutboxStore(session).Messages(id, before, limit).Select(m => new TimelineEntry(m.Id, null, m)))
            .OrderByDescending(e => e.Id, StringComparer.Ordinal)
            .Take(limit)
            .ToList();
        entries.Reverse();
        return entries;
    }

    private static Conversation Read(SqlRow row) => new(row.Text(0), row.TextOrNull(1), row.Text(2), row.Time(3), row.Time(4)) { MemoryFrom = row.TextOrNull(5) };
}
