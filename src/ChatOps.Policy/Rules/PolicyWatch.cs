using Microsoft.Extensions.Hosting;

namespace ChatOps.Policy.Rules;

/// <summary>Takes policy.yaml over soon after it changes: at once where the system reports changes, at the poll interval everywhere.</summary>
internal sealed class PolicyWatch(PolicySource source, PolicyOptions options, TimeProvider time) : BackgroundService, IHostedLifecycleService
{
    /// <summary>How long a new text must stay the same before it counts: whoever saves it may not have written all of it.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    /// <summary>Access.yaml has been read by then: it is registered before, and read in this phase.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        source.CheckGroups();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.PolicyFile is not { } file) return;
        using var changed = new SemaphoreSlim(0, 1);
        using var watcher = Watch(Path.GetFullPath(file), changed);
        try
        {
            while (true)
            {
                await WaitAsync(changed, stoppingToken);
                source.FollowGroups();
                var text = source.Look();
                while (source.IsNew(text))
                {
                    await Task.Delay(Settling, time, stoppingToken);
                    var again = source.Look();
                    if (again == text) source.Take(text);
                    text = again;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host stops
        }
    }

    private async Task WaitAsync(SemaphoreSlim changed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed.WaitAsync(either.Token), Task.Delay(options.PollInterval, time, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
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
                catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
                {
                    // a look is due already, or the host stops
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
