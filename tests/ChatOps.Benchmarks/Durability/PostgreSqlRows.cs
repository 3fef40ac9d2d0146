using ChatOps.Testing.Servers;
using Npgsql;
using NpgsqlTypes;

namespace ChatOps.Benchmarks.Durability;

/// <summary>The reference on a server: one prepared INSERT of 200 bytes a transaction, each writer with its own connection; the server groups their commits as it can.</summary>
internal static class PostgreSqlRows
{
    private const int RowBytes = 200;
    private const string Insert = "INSERT INTO record (content) VALUES ($1)";

    /// <summary>Makes the table.</summary>
    public static string Prepare(PostgreSqlCluster cluster)
    {
        var connectionString = cluster.DatabaseFor("rows");
        cluster.Execute(new NpgsqlConnectionStringBuilder(connectionString).Database!, "CREATE TABLE IF NOT EXISTS record (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, content TEXT NOT NULL)");
        return connectionString;
    }

    /// <summary>Runs it.</summary>
    public static async Task<BenchmarkRow> RunAsync(string connectionString, int writers, TimeSpan time)
    {
        var idle = new System.Collections.Concurrent.ConcurrentBag<NpgsqlCommand>();
        for (var i = 0; i < writers; i++)
        {
            var connection = new NpgsqlConnection(connectionString + ";Pooling=False");
            await connection.OpenAsync();
            var command = new NpgsqlCommand(Insert, connection) { Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = new string('x', RowBytes) } } };
            await command.PrepareAsync();
            idle.Add(command);
        }

        try
        {
            return await Writers.RunAsync("PostgreSQL, one 200-byte row a transaction (Npgsql)", writers, time, async () =>
            {
                idle.TryTake(out var command);
                await command!.ExecuteNonQueryAsync();
                idle.Add(command);
            });
        }
        finally
        {
            foreach (var command in idle)
            {
                await command.Connection!.DisposeAsync();
                await command.DisposeAsync();
            }
        }
    }
}
