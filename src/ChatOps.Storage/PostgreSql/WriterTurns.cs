using Npgsql;
using NpgsqlTypes;

namespace ChatOps.Storage.PostgreSql;

/// <summary>
/// How one gateway's writer takes its turn among the writers of all gateways, and how its commits can be recognised afterwards. Everything that has to do with a
/// begin, and with a commit, goes to the server in one message.
/// </summary>
internal sealed class WriterTurns : IDisposable
{
    /// <summary>The lock that every transaction that writes takes first: "ChatOps" and 1.</summary>
    public const long WriterLock = 0x4368_6174_4F70_7301;

    private readonly NpgsqlBatch begin;
    private readonly NpgsqlBatch commit;
    private readonly NpgsqlParameter<long> mark = new() { NpgsqlDbType = NpgsqlDbType.Bigint };

    /// <summary>Prepares both.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="writer">This process among all.</param>
    public WriterTurns(NpgsqlConnection connection, string writer)
    {
        begin = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // Each statement sees what was committed before it; with the lock held nobody commits but us.
                new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"),
                new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)") { Parameters = { new NpgsqlParameter<long> { TypedValue = WriterLock, NpgsqlDbType = NpgsqlDbType.Bigint } } },
            },
        };
        commit = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("INSERT INTO store_writers (writer, mark) VALUES ($1, $2) ON CONFLICT (writer) DO UPDATE SET mark = excluded.mark")
                {
                    Parameters = { new NpgsqlParameter<string> { TypedValue = writer, NpgsqlDbType = NpgsqlDbType.Text }, mark },
                },
                new NpgsqlBatchCommand("COMMIT"),
            },
        };
    }

    /// <summary>Begins, and waits for the turn.</summary>
    public void Begin() => begin.ExecuteNonQuery();

    /// <summary>Commits under a mark that this writer has not used before.</summary>
    public void Commit(long newMark)
    {
        mark.TypedValue = newMark;
        commit.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        begin.Dispose();
        commit.Dispose();
    }
}
