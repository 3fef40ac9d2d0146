using System.Diagnostics;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Turns;

/// <summary>Works through one conversation: its messages in order, one turn at a time, under the lease.</summary>
internal sealed partial class ConversationWorker(
    IInbox inbox, TurnStore store, TurnRunner runner, RunningTurns running, StopsInFlight stops, TurnMetrics metrics, AgentOptions options, TimeProvider time, ILogger<ConversationWorker> log)
{
    /// <summary>Works until nothing is open.</summary>
    /// <param name="conversationId">Which conversation.</param>
    /// <param name="drain">Cancelled when no new turn may begin.</param>
    /// <param name="shutdown">Cancelled when running turns must end.</param>
    /// <returns>When to look again; null when there is nothing left.</returns>
    public async Task<TimeSpan?> WorkAsync(string conversationId, CancellationToken drain, CancellationToken shutdown)
    {
        Turn? current = null;
        try
        {
            var start = await store.BeginAsync(ConversationKey.Parse(conversationId), drain);
            while (start.Turn is { } turn)
            {
                current = turn;
                await inbox.GiveWayAsync(drain);
                CrashPoint.Hit("turn.started");
                start = await TurnAsync(turn, drain, shutdown);
                current = null;
            }

            return start.Status switch
            {
                TurnStartStatus.Taken => options.LeaseDuration / 2,
                TurnStartStatus.Lost => options.LeaseDuration,
                _ => null,
            };
        }
        catch (OperationCanceledException) when (drain.IsCancellationRequested)
        {
            if (current is not null) await ReleaseAsync(current);
            return null;
        }
        catch (StoreUnavailableException e)
        {
            // Nothing was committed, so nothing is lost: the sweep or this pause brings it back.
            LogStoreUnavailable(conversationId, e.Message);
            return options.LeaseDuration;
        }
        catch (Exception e)
        {
            // A boundary: a turn that breaks off is tried again, and parked when it does so too often; other conversations go on.
            LogTurnBroke(current?.Item.Id, conversationId, e);
            if (current is not null) await ReleaseAsync(current);
            return current is null ? options.MaxRetryDelay : RetryDelay(current.Item.Attempts);
        }
    }

    private async Task<TurnStart> TurnAsync(Turn turn, CancellationToken drain, CancellationToken shutdown)
    {
        if (stops.Find(turn.Item.Id) is { } stop && await stop)
            return await store.EndAsync(turn, TurnEnd.Done("stop", null), goOn: !drain.IsCancellationRequested, CancellationToken.None);
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        using var entry = new RunningTurn(turn, time.GetUtcNow(), lease.Token, shutdown);
        running.Add(entry);
        using var renewing = new CancellationTokenSource();
        var renewal = RenewAsync(turn, lease, renewing.Token);
        var began = time.GetTimestamp();
        using var span = Tracing.Follow("turn", ActivityKind.Consumer, turn.Item.Context.Trace);
        span?.SetTag("chatops.message.id", turn.Item.Id).SetTag("chatops.turn.attempt", turn.Item.Attempts);
        TurnEnd end;
        try
        {
            end = await runner.RunAsync(entry);
        }
        catch (OperationCanceledException) when (entry.StoppedBy is { } by && !lease.IsCancellationRequested)
        {
            end = new TurnEnd(InboxState.Cancelled, "stopped", TurnTexts.StoppedEarly(by));
        }
        catch (OperationCanceledException) when (lease.IsCancellationRequested && !shutdown.IsCancellationRequested)
        {
            LogLeaseLost(turn.Item.Id, turn.Conversation.Id);
            return TurnStart.Lost;
        }
        finally
        {
            await renewing.CancelAsync();
            await renewal;
            running.Remove(entry);
        }

        var next = await store.EndAsync(turn, end, goOn: !drain.IsCancellationRequested, CancellationToken.None);
        CrashPoint.Hit("turn.answered");
        if (next.Status == TurnStartStatus.Lost) LogTooLate(turn.Item.Id, turn.Conversation.Id);
        metrics.Ended(end.State, time.GetElapsedTime(began));
        span?.SetTag("chatops.turn.state", end.State.ToString());
        return next;
    }

    private async Task RenewAsync(Turn turn, CancellationTokenSource lease, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.LeaseDuration / 3, time, cancellationToken);
                try
                {
                    if (await store.RenewAsync(turn, cancellationToken)) continue;
                    await lease.CancelAsync();
                    return;
                }
                catch (StoreUnavailableException e)
                {
                    // The fencing token decides in the end: whoever takes the lease meanwhile makes this turn's writes void.
                    LogStoreUnavailable(turn.Conversation.Id, e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The turn has ended.
        }
    }

    private async Task ReleaseAsync(Turn turn)
    {
        try
        {
            await store.ReleaseAsync(turn, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // It runs out by itself.
        }
    }

    private TimeSpan RetryDelay(int attempts)
    {
        var delay = options.RetryDelay * Math.Pow(2, Math.Clamp(attempts - 1, 0, 10));
        return delay < options.MaxRetryDelay ? delay : options.MaxRetryDelay;
    }
}
