using ChatOps.Bus.Gateways;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>Runs everybody's sweeps: once when the bus carries messages, then periodically. One that fails does not keep the others from running.</summary>
internal sealed partial class RecoveryService(
    IEnumerable<IRecoverySweep> sweeps, IBusReadiness bus, GatewayRegister gateways, TimeProvider time, BusOptions options, ILogger<RecoveryService> logger) : BackgroundService
{
    /// <summary>While the store cannot be read at start nothing works anyway: look again soon, so that the sweep that counts is not missed.</summary>
    internal static readonly TimeSpan StartRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Between two sweeps after a gateway died.</summary>
    internal static readonly TimeSpan SoonInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long that goes on: until what it held has surely ended.</summary>
    internal static readonly TimeSpan SoonTime = TimeSpan.FromSeconds(6);

    // Later parts stand on earlier ones: what the gate left running is ended before messages are woken that would ask for its outcome.
    private readonly IReadOnlyList<IRecoverySweep> sweeps = [.. sweeps.Reverse()];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await bus.WhenStartedAsync(stoppingToken);
            foreach (var sweep in sweeps)
            {
                while (!await RunAsync(sweep, atStart: true, stoppingToken)) await Task.Delay(StartRetryDelay, time, stoppingToken);
            }

            while (true)
            {
                await PauseAsync(stoppingToken);
                foreach (var sweep in sweeps) await RunAsync(sweep, atStart: false, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; what is left is found at the next start.
        }
    }

    // After a gateway died there is work to be found as soon as its leases end, and people wait for it.
    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        var interval = options.Recovery.SweepInterval;
        var begun = time.GetTimestamp();
        do await Task.Delay(gateways.IsAlone || interval < SoonInterval ? interval : SoonInterval, time, cancellationToken);
        while (time.GetElapsedTime(begun) < interval && !gateways.LostOneWithin(SoonTime));
    }

    /// <summary>False when the store was away.</summary>
    private async Task<bool> RunAsync(IRecoverySweep sweep, bool atStart, CancellationToken cancellationToken)
    {
        try
        {
            await sweep.SweepAsync(atStart, cancellationToken);
        }
        catch (StoreUnavailableException error)
        {
            LogStoreAway(sweep.Name, error.Message);
            return false;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // A boundary: one part's bug must not keep the work of the others lying.
            LogSweepFailed(error, sweep.Name);
        }

        return true;
    }
}
