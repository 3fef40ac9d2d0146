using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>Leases in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class LeaseStore(SqlSession session) : ILeaseStore
{
    /// <inheritdoc/>
    public long? TryTake(string name, string holder, DateTimeOffset now, TimeSpan duration)
    {
        const string Take =
            """
            INSERT INTO leases (name, holder, token, until) VALUES ($1, $2, 1, $4)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, token = leases.token + 1, until = excluded.until
            WHERE leases.until <= $3 OR leases.until > $5
            RETURNING token
            """;
        return session.Statement(Take).Set(name).Set(holder).Set(now).Set(now + duration).Set(Furthest(now, duration)).ExecuteReturning(r => (long?)r.Number(0));
    }

    /// <inheritdoc/>
    public bool Renew(string name, long token, DateTimeOffset now, TimeSpan duration) => session
        .Statement("UPDATE leases SET until = $4 WHERE name = $1 AND token = $2 AND until > $3")
        .Set(name).Set(token).Set(now).Set(now + duration).ExecuteCount() == 1;

    /// <inheritdoc/>
    public bool Holds(string name, long token, DateTimeOffset now) => session
        .Statement("SELECT COUNT(*) FROM leases WHERE name = $1 AND token = $2 AND until > $3")
        .Set(name).Set(token).Set(now).First(r => r.Number(0)) == 1;

    /// <inheritdoc/>
    public bool IsHeld(string name, DateTimeOffset now, TimeSpan duration) => session
        .Statement("SELECT COUNT(*) FROM leases WHERE name = $1 AND until > $2 AND until <= $3")
        .Set(name).Set(now).Set(Furthest(now, duration)).First(r => r.Number(0)) == 1;

    /// <inheritdoc/>
    public void Release(string name, long token) => session
        .Statement("UPDATE leases SET until = 0 WHERE name = $1 AND token = $2").Set(name).Set(token).Execute();

    /// <inheritdoc/>
    public void Forget(string name, long token) => session.Statement("DELETE FROM leases WHERE name = $1 AND token = $2").Set(name).Set(token).Execute();

    /// <inheritdoc/>
    public int ReleaseOthers(string holder) => session
        .Statement("UPDATE leases SET until = 0 WHERE holder <> $1 AND until > 0").Set(holder).ExecuteCount();

    private static DateTimeOffset Furthest(DateTimeOffset now, TimeSpan duration) => now + duration + ILeaseStore.MaxClockDifference;
}
