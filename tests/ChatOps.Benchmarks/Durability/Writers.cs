using System.Diagnostics;

namespace ChatOps.Benchmarks.Durability;

/// <summary>Writers that each write again as soon as their last write is durable.</summary>
internal static class Writers
{
    /// <summary>Runs them for a time.</summary>
    public static async Task<BenchmarkRow> RunAsync(string name, int writers, TimeSpan time, Func<Task> write)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var start = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            for (var began = Stopwatch.GetTimestamp(); began < end;)
            {
                await write();
                var now = Stopwatch.GetTimestamp();
                mine.Add((now - began) * 1e6 / Stopwatch.Frequency);
                began = now;
            }

            return mine;
        })));
        return Row(name, writers, Stopwatch.GetElapsedTime(start), [.. latencies.SelectMany(l => l)]);
    }

    /// <summary>Sums latencies up.</summary>
    public static BenchmarkRow Row(string name, int writers, TimeSpan elapsed, List<double> latencies)
    {
        latencies.Sort();
        return new BenchmarkRow(name, writers, latencies.Count / elapsed.TotalSeconds, latencies[latencies.Count / 2], latencies[latencies.Count * 99 / 100]);
    }
}
