using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChatOps.Storage.Engine;

/// <summary>Numbers about commits, on the meter <c>ChatOps</c>.</summary>
internal sealed class StoreMetrics
{
    private readonly Counter<long> commits;
    private readonly Counter<long> writes;
    private readonly Counter<long> failures;
    private readonly Histogram<int> groupSize;
    private readonly Histogram<double> duration;

    private long commitCount;
    private long writeCount;

    /// <summary>Creates the instruments.</summary>
    public StoreMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("ChatOps");
        commits = meter.CreateCounter<long>("chatops.store.commits", description: "Groups of writes that were committed.");
        writes = meter.CreateCounter<long>("chatops.store.writes", description: "Writes that were committed.");
        failures = meter.CreateCounter<long>("chatops.store.failures", description: "Groups that could not be committed.");
        groupSize = meter.CreateHistogram<int>("chatops.store.group.size", description: "Writes that shared a commit.");
        duration = meter.CreateHistogram<double>("chatops.store.commit.duration", "ms", "From the begin of a group to the end of its commit.");
    }

    /// <summary>Groups committed since the start.</summary>
    public long Commits => Interlocked.Read(ref commitCount);

    /// <summary>Writes committed since the start.</summary>
    public long Writes => Interlocked.Read(ref writeCount);

    /// <summary>Notes a commit.</summary>
    public void Committed(int size, long started)
    {
        Interlocked.Increment(ref commitCount);
        Interlocked.Add(ref writeCount, size);
        commits.Add(1);
        writes.Add(size);
        groupSize.Record(size);
        duration.Record(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Notes a group that failed.</summary>
    public void Failed() => failures.Add(1);
}
