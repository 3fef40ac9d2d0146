using System.Diagnostics;

namespace ChatOps.Benchmarks.Durability;

/// <summary>The reference: append 200 bytes, fsync, next.</summary>
internal static class FsyncPerRecord
{
    private const int RecordBytes = 200;

    /// <summary>Runs it on one thread.</summary>
    public static Task<BenchmarkRow> RunAsync(string directory, TimeSpan time)
    {
        var record = new byte[RecordBytes];
        Array.Fill(record, (byte)'x');
        using var file = File.OpenHandle(Path.Combine(directory, "records"), FileMode.Create, FileAccess.Write);
        var latencies = new List<double>();
        var start = Stopwatch.GetTimestamp();
        for (long offset = 0; Stopwatch.GetElapsedTime(start) < time; offset += RecordBytes)
        {
            var began = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, record, offset);
            RandomAccess.FlushToDisk(file);
            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        return Task.FromResult(Writers.Row("200-byte append + fsync a record", 1, Stopwatch.GetElapsedTime(start), latencies));
    }
}
