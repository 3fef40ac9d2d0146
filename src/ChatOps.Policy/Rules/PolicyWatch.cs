using Microsoft.Extensions.Hosting;

namespace ChatOps.Policy.Rules;

/// <summary>Reads policy.yaml again soon after it changes: at once where the system reports changes, at the poll interval everywhere.</summary>
internal sealed class PolicyWatch(PolicySource source, PolicyOptions options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.PolicyFile is not { } file) return;
        var changed = new SemaphoreSlim(0, 1);
        using var watcher = Watch(Path.GetFullPath(file), changed);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var poll = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(changed.WaitAsync(poll.Token), Task.Delay(options.PollInterval, time, poll.Token));
                await poll.CancelAsync();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (!stoppingToken.IsCancellationRequested) source.Reload();
        }
    }

    /// <summary>A watcher, or none where the directory is missing or the system has no more to give: polling goes on.</summary>
    private static FileSystemWatcher? Watch(string file, SemaphoreSlim changed)
    {
        try
        {
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(file)!, Path.GetFileName(file));
            void Signal()
            {
                try
                {
                    changed.Release();
                }
                catch (SemaphoreFullException)
                {
                    // a reload is due already
                }
            }

            watcher.Changed += (_, _) => Signal();
            watcher.Created += (_, _) => Signal();
            watcher.Deleted += (_, _) => Signal();
            watcher.Renamed += (_, _) => Signal();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            return null;
        }
    }
}
