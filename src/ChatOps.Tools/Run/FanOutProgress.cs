using System.Collections.Concurrent;
using System.Globalization;

namespace ChatOps.Tools.Run;

/// <summary>The one live picture of a run on many nodes: how many have ended, how many of them not well, and who is slow, by name.</summary>
internal sealed class FanOutProgress : IDisposable
{
    private const int SlowNames = 3;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Closest = TimeSpan.FromMilliseconds(200);

    private readonly IToolProgress progress;
    private readonly TimeProvider time;
    private readonly int total;
    private readonly ConcurrentDictionary<string, long> running = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private long? lastShown;
    private int done;
    private int notOk;

    public FanOutProgress(IToolProgress progress, int total, TimeProvider time)
    {
        (this.progress, this.total, this.time) = (progress, total, time);
        timer = time.CreateTimer(_ => Show(true), null, Refresh, Refresh);
    }

    public void Begun(string node)
    {
        running[node] = time.GetTimestamp();
        Show(false);
    }

    public void Ended(NodeRun run)
    {
        running.TryRemove(run.Node, out _);
        if (run.Outcome != NodeOutcome.Ok) Interlocked.Increment(ref notOk);
        Show(Interlocked.Increment(ref done) == total);
    }

    public void Dispose() => timer.Dispose();

    private void Show(bool always)
    {
        lock (gate)
        {
            if (!always && lastShown is { } last && time.GetElapsedTime(last) < Closest) return;
            lastShown = time.GetTimestamp();
            progress.Report(Label(), Volatile.Read(ref done), total);
        }
    }

    private string Label()
    {
        var failed = Volatile.Read(ref notOk);
        var slow = running.Select(r => (r.Key, For: time.GetElapsedTime(r.Value))).Where(r => r.For >= Slow).OrderByDescending(r => r.For).ToList();
        return $"Running on {total} nodes"
            + (failed > 0 ? $", {failed} not ok" : "")
            + (slow.Count == 0 ? "" : ", slow: " + string.Join(", ", slow.Take(SlowNames).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} ({s.For.TotalSeconds:0} s)"))))
            + (slow.Count > SlowNames ? $" and {slow.Count - SlowNames} more" : "");
    }
}
