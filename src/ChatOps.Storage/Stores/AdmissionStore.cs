using ChatOps.Identity;
using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>Pairing requests, groups and places in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class AdmissionStore(SqlSession session) : IAdmissionStore
{
    private const string PairingColumns = "code, actor_channel, actor_tenant, actor_user, actor_name, conversation_id, inbox_id, created_at, expires_at, denied, cards";
    private const string GroupColumns = "channel, chat, name, admitted, decided_by, at";

    /// <inheritdoc/>
    public PairingRow? FindPairing(Actor actor, DateTimeOffset now) => session
        .Statement($"SELECT {PairingColumns} FROM pairings WHERE actor_channel = $1 AND actor_tenant = $2 AND actor_user = $3 AND expires_at > $4")
        .Set(actor.Channel).Set(actor.Tenant).Set(actor.UserId).Set(now).First(ReadPairing);

    /// <inheritdoc/>
    public PairingRow? FindPairing(string code, DateTimeOffset now) => session
        .Statement($"SELECT {PairingColumns} FROM pairings WHERE code = $1 AND denied = 0 AND expires_at > $2")
        .Set(code).Set(now).First(ReadPairing);

    /// <inheritdoc/>
    public IReadOnlyList<PairingRow> Pairings(DateTimeOffset now, int limit) => session
        .Statement($"SELECT {PairingColumns} FROM pairings WHERE denied = 0 AND expires_at > $1 ORDER BY created_at, code LIMIT $2")
        .Set(now).Set(limit).All(ReadPairing);

    /// <inheritdoc/>
    public void SetPairing(PairingRow row)
    {
        RemovePairing(row.Actor);
        session.Statement($"INSERT INTO pairings ({PairingColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
            .Set(row.Code).Set(row.Actor.Channel).Set(row.Actor.Tenant).Set(row.Actor.UserId).Set(row.Actor.DisplayName)
            .Set(row.ConversationId).Set(row.InboxId).Set(row.CreatedAt).Set(row.ExpiresAt).Set(row.Denied ? 1 : 0).Set(string.Join(',', row.Cards))
            .Execute();
    }

    /// <inheritdoc/>
    public void RemovePairing(Actor actor) => session
        .Statement("DELETE FROM pairings WHERE actor_channel = $1 AND actor_tenant = $2 AND actor_user = $3")
        .Set(actor.Channel).Set(actor.Tenant).Set(actor.UserId).Execute();

    /// <inheritdoc/>
    public GroupRow? FindGroup(string channel, string chat) => session
        .Statement($"SELECT {GroupColumns} FROM chat_groups WHERE channel = $1 AND chat = $2").Set(channel).Set(chat).First(ReadGroup);

    /// <inheritdoc/>
    public IReadOnlyList<GroupRow> Groups(int limit) => session
        .Statement($"SELECT {GroupColumns} FROM chat_groups ORDER BY admitted DESC, at DESC, channel, chat LIMIT $1").Set(limit).All(ReadGroup);

    /// <inheritdoc/>
    public void SetGroup(GroupRow row)
    {
        const string Upsert =
            $"""
            INSERT INTO chat_groups ({GroupColumns}) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (channel, chat) DO UPDATE SET name = excluded.name, admitted = excluded.admitted, decided_by = excluded.decided_by, at = excluded.at
            """;
        session.Statement(Upsert).Set(row.Channel).Set(row.Chat).Set(row.Name).Set(row.Admitted ? 1 : 0).Set(row.DecidedBy).Set(row.At).Execute();
    }

    /// <inheritdoc/>
    public bool RemoveGroup(string channel, string chat) =>
        session.Statement("DELETE FROM chat_groups WHERE channel = $1 AND chat = $2").Set(channel).Set(chat).ExecuteCount() > 0;

    /// <inheritdoc/>
    public string? PlaceOf(string principal) =>
        session.Statement("SELECT conversation_id FROM principal_places WHERE principal = $1").Set(principal).First(r => r.Text(0));

    /// <inheritdoc/>
    public void SetPlace(string principal, string conversationId, DateTimeOffset now) => session
        .Statement("INSERT INTO principal_places (principal, conversation_id, at) VALUES ($1, $2, $3) ON CONFLICT (principal) DO UPDATE SET conversation_id = excluded.conversation_id, at = excluded.at")
        .Set(principal).Set(conversationId).Set(now).Execute();

    /// <inheritdoc/>
    public int Prune(DateTimeOffset now, DateTimeOffset groupsBefore) =>
        session.Statement("DELETE FROM pairings WHERE expires_at <= $1").Set(now).ExecuteCount()
        + session.Statement("DELETE FROM chat_groups WHERE admitted = 0 AND at < $1").Set(groupsBefore).ExecuteCount();

    private static PairingRow ReadPairing(SqlRow row) => new(
        row.Text(0), new Actor(row.Text(1), row.Text(2), row.Text(3), row.TextOrNull(4)), row.Text(5), row.Text(6), row.Time(7), row.Time(8), row.Number(9) != 0)
        { Cards = row.Text(10).Split(',', StringSplitOptions.RemoveEmptyEntries) };

    private static GroupRow ReadGroup(SqlRow row) => new(row.Text(0), row.Text(1), row.Text(2), row.Number(3) != 0, row.TextOrNull(4), row.Time(5));
}
