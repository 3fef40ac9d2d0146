using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>
/// Makes the rows of a restored store safe. The moment that they show is over, and what was under way then has gone on without them: nothing of it may happen again.
/// </summary>
/// <param name="session">The transaction.</param>
internal sealed class RestoredRows(SqlSession session)
{
    private const string Why = "restored from a backup";

    /// <summary>Ends what was under way.</summary>
    /// <returns>How many rows of what were touched.</returns>
    public IReadOnlyDictionary<string, int> Settle(DateTimeOffset now) => new SortedDictionary<string, int>(StringComparer.Ordinal)
    {
        ["buttons"] = Run("DELETE FROM actions"),
        ["sessions and keys"] = Run("DELETE FROM credentials"),
        ["join tokens"] = Run("DELETE FROM join_tokens"),
        ["pairings"] = Run("DELETE FROM pairings"),
        ["leases"] = Run("UPDATE leases SET until = 0 WHERE until > 0") + Run("UPDATE conversation_leases SET until = 0 WHERE until > 0"),
        ["gateways"] = Run("DELETE FROM gateways"),
        ["messages not answered"] = session
            .Statement("UPDATE inbox SET state = 'cancelled', waits_for = NULL, outcome = $1 WHERE state IN ('accepted', 'working', 'suspended')").Set(Why).ExecuteCount(),
        ["deliveries not repeated"] = session
            .Statement("UPDATE outbox SET state = 'unknown', error = $1 WHERE state IN ('pending', 'sending')").Set(Why).ExecuteCount(),
        ["standing grants"] = session
            .Statement("UPDATE grants SET revoked_by = 'gateway', revoked_at = $1 WHERE revoked_at IS NULL").Set(now).ExecuteCount(),
        ["scheduled runs"] =
            session.Statement("UPDATE schedule_runs SET state = 'cancelled', finished_at = $1, summary = $2 WHERE state = 'queued'").Set(now).Set(Why).ExecuteCount()
            + session.Statement("UPDATE schedule_runs SET state = 'unknown', finished_at = $1, summary = $2 WHERE state IN ('running', 'waiting')").Set(now).Set(Why).ExecuteCount(),
        // The counters that nodes hold now are newer than these: what is kept is the oldest that a node may come with.
        ["nodes"] = Run("UPDATE nodes SET offered = generation, generation = -1, gateway = NULL, revision = revision + 1 WHERE generation >= 0 AND ssh IS NULL"),
    };

    private int Run(string sql) => session.Statement(sql).ExecuteCount();
}
