using ChatOps.Fleet.Membership;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Fleet.Relay;

/// <summary>Reads the members at the start, and asks every connected node at every beat whether it is there. Ends the connections when the gateway stops.</summary>
internal sealed class Heartbeat(NodeDirectory directory, NodeSessions sessions, FleetOptions options, TimeProvider time) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task beating = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await directory.LoadAsync(cancellationToken);
        beating = BeatAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await beating;
        sessions.Close();
    }

    public void Dispose() => stop.Dispose();

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(options.Relay.Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                foreach (var session in sessions.All) session.Beat();
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }
}
