using Microsoft.Extensions.Hosting;

namespace ChatOps.Identity.Files;

/// <summary>
/// Loads before anything else starts, then looks for changes. It looks instead of being told: that works on every file system, through links
/// and mounts, and costs less than a watch on the data directory, where the database writes all the time.
/// </summary>
internal sealed class AccessWatcher(AccessFiles files, IdentityOptions options, TimeProvider time) : BackgroundService, IHostedLifecycleService
{
    // A file that is written for longer than this many settle times is looked at again with the next poll.
    private const int MaxLooks = 20;

    public Task StartingAsync(CancellationToken cancellationToken) => files.LoadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PollInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var before = files.Look();
            for (var looks = 0; before.Changed && looks < MaxLooks; looks++)
            {
                await Task.Delay(options.SettleTime, time, stoppingToken);
                var after = files.Look();
                if (after == before)
                {
                    await files.ReloadAsync(stoppingToken);
                    break;
                }

                before = after;
            }
        }
    }
}
