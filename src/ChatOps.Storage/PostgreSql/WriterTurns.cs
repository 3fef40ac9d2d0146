using Npgsql;
using NpgsqlTypes;

namespace ChatOps.Storage.PostgreSql;

/// <summary>How one gateway's writer takes its turn among the writers of all gateways, and how its commits can be recognised afterwards.</summary>
/// <param name="line">The writer's statements on their way.</param>
/// <param name="writer">This process among all.</param>
internal sealed class WriterTurns(PostgreSqlLine line, string writer)
{
    /// <summary>The lock that every transaction that writes takes first: "ChatOps" and 1.</summary>
    public const long WriterLock = 0x4368_6174_4F70_7301;

    private const string Take = "SELECT pg_advisory_xact_lock($1)";
    private const string Mark = "INSERT INTO store_writers (writer, mark) VALUES ($1, $2) ON CONFLICT (writer) DO UPDATE SET mark = excluded.mark";

    /// <summary>Begins, and waits for the turn, with the first statement. Each sees what was committed before it; with the lock held nobody commits but us.</summary>
    public void Begin()
    {
        line.Begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
        line.Put(new NpgsqlBatchCommand(Take) { Parameters = { Number(WriterLock) } }, answer: static _ => { });
    }

    /// <summary>Commits under a mark that this writer has not used before.</summary>
    public void Commit(long newMark)
    {
        line.Put(new NpgsqlBatchCommand(Mark) { Parameters = { new NpgsqlParameter<string> { TypedValue = writer, NpgsqlDbType = NpgsqlDbType.Text }, Number(newMark) } });
        line.Put(new NpgsqlBatchCommand("COMMIT"));
        line.Flush();
    }

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };
}
