using Microsoft.Extensions.Hosting;

namespace ChatOps.Checks.Running;

/// <summary>Keeps the loop going while the gateway runs.</summary>
internal sealed class CheckHost(ChecksOptions options, CheckLoop loop, TimeProvider time) : BackgroundService
{
    /// <summary>What an earlier process left is there before anybody asks for it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await loop.StartAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Enabled || !options.Loops) return;
        using var timer = new PeriodicTimer(CheckLoop.Tick, time);
        try
        {
            // Not awaited as a whole: one slow look must not hold up the others' time.
            while (await timer.WaitForNextTickAsync(stoppingToken)) _ = loop.TickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await loop.StopAsync();
        }
    }
}
