using ChatOps.Gateways;
using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Fleet.Far;

/// <summary>Looks after the fleet that several gateways share: what others changed, which links still lead somewhere, and which nodes answer here.</summary>
internal sealed partial class SharedFleetKeeper(SharedFleet fleet, FarLinks far, GuestLinks guests, IGateways gateways, FleetOptions options, TimeProvider time, ILogger<SharedFleetKeeper> logger)
    : BackgroundService
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (gateways.IsAlone) return;
        var told = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await fleet.ReadAsync(stoppingToken);
                    if (time.GetElapsedTime(told) >= options.Relay.Heartbeat)
                    {
                        told = time.GetTimestamp();
                        await fleet.TellAsync(stoppingToken);
                    }
                }
                catch (StoreUnavailableException away)
                {
                    LogAway(away.Message);
                }

                guests.Tend();
                await far.TendAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }
}
