using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tools.Gate;

/// <summary>
/// Approved plans run here, not in the bus's handlers: a long one must not hold up the messages behind it. When the gateway stops they
/// get a while to end, then they are cancelled and that is recorded.
/// </summary>
internal sealed partial class ApprovedRuns(TimeProvider time, ILogger<ApprovedRuns> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, Task> tasks = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();

    /// <summary>Starts work unless work with this id runs.</summary>
    public void Start(string id, Func<CancellationToken, Task> work)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (tasks.TryAdd(id, RunAsync(id, begin.Task, work))) begin.SetResult();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(tasks.Values);
        await Task.WhenAny(all, Task.Delay(StopPatience, time, cancellationToken));
        await stop.CancelAsync();
        await Task.WhenAny(all, Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken));
    }

    public void Dispose() => stop.Dispose();

    private async Task RunAsync(string id, Task begin, Func<CancellationToken, Task> work)
    {
        await begin;
        try
        {
            await work(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end of the gateway, not of the work: the next start finds it open and ends it.
            LogCutShort(id);
        }
        catch (Exception e)
        {
            // A boundary: nothing above could handle it. The recovery sweep ends what is left open.
            LogRunBroke(id, e);
        }
        finally
        {
            tasks.TryRemove(id, out _);
        }
    }
}
