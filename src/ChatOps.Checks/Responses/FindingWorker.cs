using System.Collections.Concurrent;
using ChatOps.Checks.Incidents;
using ChatOps.Checks.Running;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Checks.Responses;

/// <summary>
/// Does what is to be done about findings: woken when one is told and when an invocation ends, and looks by itself now and then for what a crash or a lost wake-up left.
/// Several findings are worked on at once; one whose step breaks off is tried again at the next look.
/// </summary>
internal sealed partial class FindingWorker(
    ChecksOptions options, IStore store, FindingResponder responder, RunbookOutcomes outcomes, IncidentThreads threads, TimeProvider time, ILogger<FindingWorker> log)
    : BackgroundService, IMessageHandler<FindingTold>, IMessageHandler<InvocationFinished>, IMessageHandler<ThreadSettled>
{
    /// <summary>How often it looks by itself.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private const int MaxAtOnce = 50;
    private readonly ConcurrentDictionary<string, bool> running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim wake = new(0, 1);

    /// <inheritdoc/>
    public Task HandleAsync(FindingTold message, CancellationToken cancellationToken) => Wake();

    /// <inheritdoc/>
    public Task HandleAsync(InvocationFinished message, CancellationToken cancellationToken) => Wake();

    /// <inheritdoc/>
    public Task HandleAsync(ThreadSettled message, CancellationToken cancellationToken) => Wake();

    /// <summary>Looks once: begins what is not being worked on, and takes the ends of runs. The task ends when all that it began has ended.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        await outcomes.TakeAsync(cancellationToken);
        await threads.SettleAsync(cancellationToken);
        var open = await store.ReadAsync(s => s.FindingWork.OpenResponses(MaxAtOnce), cancellationToken);
        var begun = open.Where(r => running.TryAdd(r.FindingId, true)).Select(r => OneAsync(r.FindingId, cancellationToken)).ToList();
        await Task.WhenAll(begun);
        if (begun.Count > 0) await outcomes.TakeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A command's own gateway leaves it to one that stays.
        if (!options.Loops) return;
        await Task.Yield();
        try
        {
            while (true)
            {
                // Not awaited: steps that run by themselves may take long, and others wait behind them.
                _ = GuardAsync(() => WorkAsync(stoppingToken));
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(wake.WaitAsync(either.Token), Task.Delay(Look, time, either.Token));
                await either.CancelAsync();
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private async Task OneAsync(string findingId, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await GuardAsync(() => responder.RespondAsync(findingId, cancellationToken));
        running.TryRemove(findingId, out _);
    }

    private Task Wake()
    {
        if (options.Loops && wake.CurrentCount == 0)
        {
            try
            {
                wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else woke it in this moment.
            }
        }

        return Task.CompletedTask;
    }

    // A boundary: one finding that breaks must not keep the others waiting.
    private Task GuardAsync(Func<Task> work) => Boundary.RunAsync(work, LogBroke);
}
