using Microsoft.Extensions.Hosting;

namespace ChatOps.Tools.Gate;

/// <summary>
/// Bounds what a stop waits for: from the moment the gateway is asked to stop, what runs has a while to end by itself; then it is cancelled,
/// which is recorded, so that the listener and everything behind it can still stop in order. What a node's daemon runs goes on: the next start, or another gateway, follows it to its end.
/// </summary>
internal sealed class RunningEnd(RunningInvocations running, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    /// <summary>How long what runs may go on. Half of what the whole stop may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private ITimer? timer;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        timer = time.CreateTimer(_ => running.EndAll(), null, Patience, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => timer?.Dispose();
}
