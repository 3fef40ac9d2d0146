using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage.Sessions;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>Messages and their delivery steps in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class OutboxStore(SqlSession session) : IOutboxStore
{
    /// <summary>Rows that one call of <see cref="Prune"/> removes at most, so that no single transaction grows long.</summary>
    public const int PruneBatch = 2000;

    /// <summary>Sorts after every id.</summary>
    private const string AfterEveryId = "~";

    private const string MessageColumns = "id, conversation_id, inbox_id, content, platform_id, created_at, updated_at, private_to, thread_title, thread";
    private const string Columns = "id, conversation_id, message_id, operation, priority, content, state, attempts, not_before, error, created_at, doubtful";
    private const int ColumnCount = 12;
    private const string AddressColumns = "m.platform_id, m.inbox_id, i.context, m.private_to, m.thread_title";

    /// <inheritdoc/>
    public void AddMessage(StoredMessage message) => session
        .Statement($"INSERT INTO messages ({MessageColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .Set(message.Id).Set(message.ConversationId).Set(message.InboxId).Set(Json.Write(message.Content))
        .Set(message.PlatformId).Set(message.CreatedAt).Set(message.UpdatedAt).Set(message.PrivateTo)
        .Set(message.ThreadTitle).Set(message.Thread)
        .Execute();

    /// <inheritdoc/>
    public StoredMessage? FindMessage(string id) =>
        session.Statement($"SELECT {MessageColumns} FROM messages WHERE id = $1").Set(id).First(ReadMessage);

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> RepliesTo(string inboxId) =>
        session.Statement($"SELECT {MessageColumns} FROM messages WHERE inbox_id = $1 ORDER BY id").Set(inboxId).All(ReadMessage);

    /// <inheritdoc/>
    public void UpdateMessage(string id, RichMessage content, DateTimeOffset now) => session
        .Statement("UPDATE messages SET content = $2, updated_at = $3 WHERE id = $1")
        .Set(id).Set(Json.Write(content)).Set(now)
        .Execute();

    /// <inheritdoc/>
    public void Add(OutboxItem item)
    {
        var content = Json.Write(item.Content);
        var priority = (long)item.Priority;
        if (item.Operation == OutboundOperation.Edit)
        {
            const string IntoSend =
                "UPDATE outbox SET content = $2, priority = CASE WHEN priority < $3 THEN priority ELSE $3 END WHERE message_id = $1 AND state = 'pending' AND operation = 'send'";
            if (session.Statement(IntoSend).Set(item.MessageId).Set(content).Set(priority).ExecuteCount() > 0) return;

            // What the superseded edit had to say is in the newer one, so its urgency passes on too.
            const string Urgency = "SELECT MIN(priority) FROM outbox WHERE message_id = $1 AND state = 'pending' AND operation = 'edit' HAVING COUNT(*) > 0";
            priority = Math.Min(priority, session.Statement(Urgency).Set(item.MessageId).First(r => (long?)r.Number(0)) ?? priority);
            session.Statement("UPDATE outbox SET state = 'superseded' WHERE message_id = $1 AND state = 'pending' AND operation = 'edit'")
                .Set(item.MessageId).Execute();
        }

        session.Statement($"INSERT INTO outbox ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
            .Set(item.Id).Set(item.ConversationId).Set(item.MessageId).Set(item.Operation).Set(priority).Set(content)
            .Set(item.State).Set(item.Attempts).Set(item.NotBefore).Set(item.Error).Set(item.CreatedAt).Set(item.Doubtful ? 1 : 0)
            .Execute();
    }

    /// <inheritdoc/>
    public IAnswer<(OutboxItem Item, MessageAddress Address)?> AskNext(string conversationId, DateTimeOffset now, string? ended = null)
    {
        // Steps of one message keep their order whatever their priorities: no edit before its send.
        const string Select =
            $"""
            SELECT step.*, {AddressColumns} FROM (
              SELECT {Columns} FROM outbox AS step
              WHERE conversation_id = $1 AND state = 'pending' AND state IN ('pending', 'sending') AND not_before <= $2
                AND NOT EXISTS (SELECT 1 FROM outbox AS busy WHERE busy.conversation_id = $1 AND busy.state = 'sending' AND busy.state IN ('pending', 'sending') AND busy.id <> $3)
                AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.message_id = step.message_id AND earlier.state = 'pending' AND earlier.id < step.id)
              ORDER BY priority, id LIMIT 1
            ) AS step LEFT JOIN messages AS m ON m.id = step.message_id LEFT JOIN inbox AS i ON i.id = m.inbox_id
            """;
        return session.Statement(Select).Set(conversationId).Set(now).Set(ended ?? "").Ahead(r => ((OutboxItem, MessageAddress)?)(Read(r), ReadAddress(r, ColumnCount)));
    }

    /// <inheritdoc/>
    public void SetState(string id, OutboxState state, string? platformId, string? error, DateTimeOffset notBefore)
    {
        const string Update =
            "UPDATE outbox SET state = $2, error = $3, not_before = $4, attempts = attempts + CASE WHEN $2 = 'sending' THEN 1 ELSE 0 END WHERE id = $1";
        session.Statement(Update).Set(id).Set(state).Set(error).Set(notBefore).Execute();
        if (platformId is null) return;
        session.Statement("UPDATE messages SET platform_id = $2 WHERE id = (SELECT message_id FROM outbox WHERE id = $1)")
            .Set(id).Set(platformId).Execute();
    }

    /// <inheritdoc/>
    public void SetThread(string messageId, string conversationId) =>
        session.Statement("UPDATE messages SET thread = $2 WHERE id = $1").Set(messageId).Set(conversationId).Execute();

    /// <inheritdoc/>
    public void Doubt(string id) => session.Statement("UPDATE outbox SET doubtful = 1 WHERE id = $1").Set(id).Execute();

    /// <inheritdoc/>
    public MessageAddress? Address(string messageId) => session
        .Statement($"SELECT {AddressColumns} FROM messages AS m LEFT JOIN inbox AS i ON i.id = m.inbox_id WHERE m.id = $1")
        .Set(messageId).First(r => ReadAddress(r, 0));

    /// <inheritdoc/>
    public OutboxItem? Find(string id) => session.Statement($"SELECT {Columns} FROM outbox WHERE id = $1").Set(id).First(Read);

    /// <inheritdoc/>
    public bool Retry(string id, DateTimeOffset now) => session
        .Statement("UPDATE outbox SET state = 'pending', attempts = 0, not_before = $2, created_at = $2, error = NULL, doubtful = 0 WHERE id = $1 AND state IN ('failed', 'unknown')")
        .Set(id).Set(now).ExecuteCount() == 1;

    /// <inheritdoc/>
    public bool Drop(string id) => session.Statement("DELETE FROM outbox WHERE id = $1 AND state IN ('failed', 'unknown')").Set(id).ExecuteCount() == 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> ConversationsWithWork(int limit) => session
        .Statement("SELECT conversation_id FROM outbox WHERE state IN ('pending', 'sending') GROUP BY conversation_id ORDER BY MIN(id) LIMIT $1")
        .Set(limit).All(r => r.Text(0));

    /// <inheritdoc/>
    public IReadOnlyList<OutboxItem> SendingIn(string conversationId) => session
        .Statement($"SELECT {Columns} FROM outbox WHERE conversation_id = $1 AND state = 'sending' AND state IN ('pending', 'sending') ORDER BY priority, id")
        .Set(conversationId).All(Read);

    /// <inheritdoc/>
    public IReadOnlyList<OutboxItem> InState(OutboxState state, int limit)
    {
        // The word stands in the text, not in a parameter, so that the partial index of the rare states serves it.
        return session.Statement($"SELECT {Columns} FROM outbox WHERE state = '{SqlWord<OutboxState>.Write(state)}' ORDER BY id DESC LIMIT $1")
            .Set(limit).All(Read);
    }

    /// <inheritdoc/>
    public IReadOnlyList<OutboxItem> GivenUp(int limit) =>
        [.. InState(OutboxState.Failed, limit).Concat(InState(OutboxState.Unknown, limit)).OrderByDescending(i => i.Id, StringComparer.Ordinal).Take(limit)];

    /// <inheritdoc/>
    public (DateTimeOffset? Oldest, long Count) Waiting() => session
        .Statement("SELECT MIN(created_at), COUNT(*) FROM outbox WHERE state = 'pending'")
        .First(r => (r.TimeOrNull(0), r.Number(1)));

    /// <inheritdoc/>
    public int Prune(DateTimeOffset before)
    {
        const string Delete =
            "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('sent', 'unknown', 'failed', 'superseded') AND created_at < $1 ORDER BY created_at LIMIT $2)";
        return session.Statement(Delete).Set(before).Set(PruneBatch).ExecuteCount();
    }

    /// <summary>A conversation's newest messages with ids below a bound, newest first.</summary>
    public List<StoredMessage> Messages(string conversationId, string? before, int limit) => session
        .Statement($"SELECT {MessageColumns} FROM messages WHERE conversation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
        .Set(conversationId).Set(before ?? AfterEveryId).Set(limit).All(ReadMessage);

    private static StoredMessage ReadMessage(SqlRow row) => new(
        row.Text(0), row.Text(1), row.TextOrNull(2), Json.Read<RichMessage>(row.Text(3)), row.TextOrNull(4), row.Time(5), row.Time(6))
        { PrivateTo = row.TextOrNull(7), ThreadTitle = row.TextOrNull(8), Thread = row.TextOrNull(9) };

    private static MessageAddress ReadAddress(SqlRow row, int at)
    {
        var cause = ContextJson.Read(row.TextOrNull(at + 2));
        return new MessageAddress(row.TextOrNull(at), row.TextOrNull(at + 1), cause.Anchor, row.TextOrNull(at + 3)) { Trace = cause.Trace, ThreadTitle = row.TextOrNull(at + 4) };
    }

    private static OutboxItem Read(SqlRow row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        row.Word<OutboundOperation>(3),
        (ReplyPriority)row.Number(4),
        Json.Read<RichMessage>(row.Text(5)),
        row.Word<OutboxState>(6),
        (int)row.Number(7),
        row.Time(8),
        row.TextOrNull(9),
        row.Time(10)) { Doubtful = row.Number(11) != 0 };
}
