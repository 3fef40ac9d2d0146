using System.Globalization;
using ChatOps.Testing.Servers;

namespace ChatOps.Benchmarks.Durability;

/// <summary>
/// Durable inbox accepts and audit appends against one fsync a record, one SQLite transaction a record and a group commit in C. Each is
/// measured in several rounds, in turn, so that a slow minute of the disk hits all alike; the table shows each one's median round.
/// </summary>
internal sealed class DurableWrites : IBenchmark
{
    private const int Rounds = 3;
    private const int ManyWriters = 64;
    private const double GoalMany = 5;
    private const double GoalOne = 0.5;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "durable-writes";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-durable-").FullName;
        try
        {
            await using var gateway = await GatewayWrites.OpenAsync(Path.Combine(directory, "gateway"));
            var group = await GroupCommitInC.CompileAsync(directory);
            if (group is null) await notes.WriteLineAsync("  No C compiler here: the row of the group commit in C is missing.");
            List<Func<Task<BenchmarkRow>>> runs =
            [
                () => FsyncPerRecord.RunAsync(directory, Round),
                () => TransactionPerRow.RunAsync(directory, Round),
                () => gateway.InboxAsync(1, Round),
                () => gateway.InboxAsync(ManyWriters, Round),
                () => gateway.AuditAsync(1, Round),
                () => gateway.AuditAsync(ManyWriters, Round),
            ];
            using var cluster = PostgreSqlCluster.Start(sync: true);
            await using var server = cluster is null ? null : await GatewayWrites.OpenAsync(Path.Combine(directory, "server"), cluster.DatabaseFor("gateway"));
            if (server is null)
            {
                await notes.WriteLineAsync("  No PostgreSQL here: its rows are missing.");
            }
            else
            {
                var rows200 = PostgreSqlRows.Prepare(cluster!);
                foreach (var writers in new[] { 1, ManyWriters })
                {
                    runs.Add(() => PostgreSqlRows.RunAsync(rows200, writers, Round));
                    runs.Add(() => server.InboxAsync(writers, Round));
                    runs.Add(() => server.AuditAsync(writers, Round));
                }
            }

            if (group is not null) runs.Insert(2, () => group.RunAsync(ManyWriters, Round));

            var rows = new List<BenchmarkRow>[runs.Count];
            for (var round = -1; round < Rounds; round++)
            {
                for (var i = 0; i < runs.Count; i++)
                {
                    // The first round only warms up.
                    var row = await runs[i]();
                    if (round >= 0) (rows[i] ??= []).Add(row);
                }
            }

            return Table([.. rows.Select(r => r.OrderBy(x => x.PerSecond).ElementAt(r.Count / 2))]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static List<Measure> Table(IReadOnlyList<BenchmarkRow> rows)
    {
        var reference = rows[0].PerSecond;
        return [.. rows.Select((row, i) =>
        {
            if (row.Name.Contains("PostgreSQL", StringComparison.Ordinal)) return OnServer(row, rows.Single(r => r.Name.StartsWith("PostgreSQL", StringComparison.Ordinal) && r.Writers == row.Writers));
            var goal = row.Name.StartsWith("ChatOps", StringComparison.Ordinal) ? row.Writers > 1 ? GoalMany : GoalOne : (double?)null;
            var times = row.PerSecond / reference;
            return new Measure(
                string.Create(CultureInfo.InvariantCulture, $"{row.Name}, {row.Writers} at once"),
                string.Create(CultureInfo.InvariantCulture, $"{row.PerSecond:#,0}/s, p50 {row.P50:#,0} µs, p99 {row.P99:#,0} µs"))
            {
                Reference = i == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"one fsync a record: {reference:#,0}/s"),
                Ratio = i == 0 ? null : times,
                Goal = goal is { } wanted ? string.Create(CultureInfo.InvariantCulture, $"≥ {wanted} times") : "",
                Met = goal is { } least ? times >= least : null,
            };
        })];
    }

    // A server has its own limit: what it commits of plain rows, with as many writers.
    private static Measure OnServer(BenchmarkRow row, BenchmarkRow plain) => new(
        string.Create(CultureInfo.InvariantCulture, $"{row.Name}, {row.Writers} at once"),
        string.Create(CultureInfo.InvariantCulture, $"{row.PerSecond:#,0}/s, p50 {row.P50:#,0} µs, p99 {row.P99:#,0} µs"))
    {
        Reference = row == plain ? "" : string.Create(CultureInfo.InvariantCulture, $"plain rows on the same server: {plain.PerSecond:#,0}/s"),
        Ratio = row == plain ? null : row.PerSecond / plain.PerSecond,
    };
}
