using ChatOps.Channels.Slack.Client;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>The sockets that are open, and whether Slack counts more than ours: then somebody else has the app's token and receives a share of the events.</summary>
internal sealed partial class SocketCrowd(SlackHealth health, SlackOptions options, SocketTimings timings, TimeProvider time, ILogger<SocketCrowd> logger)
{
    /// <summary>Most sockets that an app may have; old ones make room.</summary>
    public const int MaxSockets = 10;

    /// <summary>For so long Slack may still count a socket of ours that broke.</summary>
    private static readonly TimeSpan StillCounted = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly List<SocketPump> open = [];
    private readonly Queue<long> ended = new();

    /// <summary>Whether any is being read.</summary>
    public bool Any => Reading() > 0;

    /// <summary>A socket is ready.</summary>
    public void Add(SocketPump pump)
    {
        lock (gate) open.Add(pump);
        _ = pump.Completion.ContinueWith(_ => Remove(pump), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        health.Sockets(Reading());
        LogOpen(pump.Connections);
        var expected = Reading() + options.OtherConnections + LatelyEnded();
        if (pump.Connections <= expected)
        {
            health.Alarm(null);
            return;
        }

        LogStrangers(pump.Connections, expected);
        health.Alarm($"Slack counts {pump.Connections} connections of this app, and {expected} are expected: somebody else receives a share of the events. " +
            "Stop the other gateway, or revoke the app-level token and make a new one; where it is meant, set Channels:Slack:OtherConnections.");
    }

    /// <summary>A socket has a successor: it is read a while longer, unless there are too many.</summary>
    public async Task RetireAsync(SocketPump pump)
    {
        SocketPump? oldest = null;
        lock (gate)
        {
            if (open.Count >= MaxSockets - 1) oldest = open[0];
        }

        if (oldest is not null) await oldest.DisposeAsync();
        await pump.RetireAsync(timings.Drain, time);
    }

    /// <summary>Ends them all.</summary>
    public async Task CloseAsync()
    {
        List<SocketPump> all;
        lock (gate) all = [.. open];
        await Task.WhenAll(all.Select(p => p.DisposeAsync().AsTask()));
        health.Sockets(0);
    }

    private void Remove(SocketPump pump)
    {
        lock (gate)
        {
            if (open.Remove(pump)) ended.Enqueue(time.GetTimestamp());
        }

        health.Sockets(Reading());
    }

    private int Reading()
    {
        lock (gate) return open.Count(p => !p.Completion.IsCompleted);
    }

    private int LatelyEnded()
    {
        lock (gate)
        {
            while (ended.Count > 0 && time.GetElapsedTime(ended.Peek()) > StillCounted) ended.Dequeue();
            return ended.Count;
        }
    }

    [LoggerMessage(3210, LogLevel.Information, "Connected to Slack by Socket Mode; the app has {Connections} connections.")]
    private partial void LogOpen(int connections);

    [LoggerMessage(3213, LogLevel.Warning, "The app has {Connections} connections to Slack, and {Expected} are expected: somebody else receives a share of the events.")]
    private partial void LogStrangers(int connections, int expected);
}
