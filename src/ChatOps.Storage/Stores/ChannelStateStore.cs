using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>Small values of channels in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class ChannelStateStore(SqlSession session) : IChannelStateStore
{
    /// <summary>Rows that one call of <see cref="Prune"/> removes at most.</summary>
    public const int PruneBatch = 2000;

    /// <inheritdoc/>
    public string? Get(string channel, string key, DateTimeOffset now) => session
        .Statement("SELECT value FROM channel_state WHERE channel = $1 AND key = $2 AND (expires_at IS NULL OR expires_at > $3)")
        .Set(channel).Set(key).Set(now).First(r => r.Text(0));

    /// <inheritdoc/>
    public void Set(string channel, string key, string? value, DateTimeOffset? expiresAt)
    {
        const string Upsert =
            "INSERT INTO channel_state (channel, key, value, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT (channel, key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at";
        if (value is null) session.Statement("DELETE FROM channel_state WHERE channel = $1 AND key = $2").Set(channel).Set(key).Execute();
        else session.Statement(Upsert).Set(channel).Set(key).Set(value).Set(expiresAt).Execute();
    }

    /// <inheritdoc/>
    public int Prune(DateTimeOffset now)
    {
        const string Delete =
            """
            DELETE FROM channel_state WHERE (channel, key) IN
              (SELECT channel, key FROM channel_state WHERE expires_at IS NOT NULL AND expires_at <= $1 ORDER BY expires_at LIMIT $2)
            """;
        return session.Statement(Delete).Set(now).Set(PruneBatch).ExecuteCount();
    }
}
