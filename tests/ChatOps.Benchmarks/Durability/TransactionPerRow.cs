using System.Diagnostics;
using ChatOps.Testing;
using Microsoft.Data.Sqlite;

namespace ChatOps.Benchmarks.Durability;

/// <summary>The reference: SQLite with a write-ahead log, synchronous=FULL, one row of 200 bytes a transaction.</summary>
internal static class TransactionPerRow
{
    /// <summary>Runs it on one thread.</summary>
    public static Task<BenchmarkRow> RunAsync(string directory, TimeSpan time)
    {
        using var connection = DatabaseFile.Open(Path.Combine(directory, "rows.db"));
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS record (id INTEGER PRIMARY KEY, content TEXT NOT NULL)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO record (content) VALUES ($1)";
        insert.Parameters.AddWithValue("$1", new string('x', 200));
        insert.Prepare();

        var latencies = new List<double>();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var began = Stopwatch.GetTimestamp();
            insert.ExecuteNonQuery();
            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        return Task.FromResult(Writers.Row("SQLite, WAL, FULL, a row a transaction", 1, Stopwatch.GetElapsedTime(start), latencies));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
