using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>Runs everybody's sweeps: once when the bus carries messages, then periodically. One that fails does not keep the others from running.</summary>
internal sealed partial class RecoveryService(
    IEnumerable<IRecoverySweep> sweeps, IBusReadiness bus, TimeProvider time, BusOptions options, ILogger<RecoveryService> logger) : BackgroundService
{
    /// <summary>While the store cannot be read at start nothing works anyway: look again soon, so that the sweep that counts is not missed.</summary>
    internal static readonly TimeSpan StartRetryDelay = TimeSpan.FromSeconds(1);

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

            using var timer = new PeriodicTimer(options.Recovery.SweepInterval, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var sweep in sweeps) await RunAsync(sweep, atStart: false, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; what is left is found at the next start.
        }
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
