using System.Collections.Concurrent;
using ChatOps.Fleet.Membership;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Fleet.Ssh;

/// <summary>Keeps the connections to ssh nodes warm: makes them, asks at every beat whether the other end is there, and makes them again, ever more slowly.</summary>
internal sealed class SshKeeper(NodeDirectory directory, SshLinks links, FleetOptions options, TimeProvider time) : IHostedService, IDisposable
{
    /// <summary>Connections that are made at the same time: a server takes only so many strangers at once.</summary>
    public const int MaxConnecting = 8;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, (DateTimeOffset Next, TimeSpan Pause)> attempts = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim connecting = new(MaxConnecting);
    private readonly CancellationTokenSource stop = new();
    private Task keeping = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        keeping = KeepAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await keeping;
        await links.CloseAsync();
    }

    public void Dispose()
    {
        stop.Dispose();
        connecting.Dispose();
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(Tick, time);
        var beaten = time.GetTimestamp();
        try
        {
            do
            {
                var beat = time.GetElapsedTime(beaten) >= options.Relay.Heartbeat;
                if (beat) beaten = time.GetTimestamp();
                foreach (var row in directory.All)
                {
                    if (row.Ssh is null || row.Quarantined) continue;
                    var link = links.Of(row);
                    if (!link.IsUp) Attempt(link);
                    else if (beat) link.Beat(options.Relay.Heartbeat);
                }
            }
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    private void Attempt(SshLink link)
    {
        var now = time.GetUtcNow();
        var (next, pause) = attempts.GetOrAdd(link.Node, (now, TimeSpan.Zero));
        // A clock that was set back must not keep it away for long.
        if (now < next && next - now <= LongestPause) return;
        var longer = pause == TimeSpan.Zero ? FirstPause : pause + pause < LongestPause ? pause + pause : LongestPause;
        attempts[link.Node] = (now + longer, longer);
        _ = AttemptAsync(link);
    }

    private async Task AttemptAsync(SshLink link)
    {
        try
        {
            await connecting.WaitAsync(stop.Token);
            try
            {
                if (await link.EnsureAsync(stop.Token) is null) attempts.TryRemove(link.Node, out _);
            }
            finally
            {
                connecting.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The gateway stops.
        }
    }
}
