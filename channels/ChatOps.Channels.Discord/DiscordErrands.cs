using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Discord;

/// <summary>Short calls that must not hold up the events behind them (answers to interactions). Bounded in number, waited for when the channel stops.</summary>
internal sealed partial class DiscordErrands(TimeProvider time, ILogger<DiscordErrands> logger) : IDisposable
{
    /// <summary>Most at once; more wait their turn.</summary>
    public const int AtOnce = 64;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim places = new(AtOnce, AtOnce);
    private readonly ConcurrentDictionary<Task, byte> running = new();
    private volatile CancellationTokenSource stop = new();

    /// <summary>Starts one.</summary>
    public void Run(Func<CancellationToken, Task> errand)
    {
        var task = RunAsync(errand, stop.Token);
        running.TryAdd(task, 0);
        _ = task.ContinueWith(done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for what runs, a moment, and ends the rest.</summary>
    public async Task EndAsync()
    {
        await Task.WhenAny(Task.WhenAll(running.Keys), Task.Delay(StopTimeout, time));
        await Interlocked.Exchange(ref stop, new CancellationTokenSource()).CancelAsync();
    }

    public void Dispose()
    {
        stop.Dispose();
        places.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> errand, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                await errand(cancellationToken);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The channel stops.
        }
        catch (Exception error)
        {
            // A boundary: nobody awaits an errand. What it says may quote an address with a token in it, so only its type is told.
            LogFailed(error.GetType().Name);
        }
    }

    [LoggerMessage(3411, LogLevel.Warning, "An answer to Discord failed ({Kind}).")]
    private partial void LogFailed(string kind);
}
