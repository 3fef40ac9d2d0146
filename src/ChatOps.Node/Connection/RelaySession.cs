using System.Collections.Concurrent;
using ChatOps.Fleet.Frames;
using ChatOps.Node.Grants;
using ChatOps.Node.Policy;

namespace ChatOps.Node.Connection;

/// <summary>One connection after the handshake: obeys the few messages that there are, and believes none of them without its signature.</summary>
internal sealed class RelaySession(
    FrameSocket socket, NodeExecutions executions, GrantVerifier grants, NodePolicy policy, GatewayTime clock, TimeSpan heartbeat, Func<IReadOnlyDictionary<string, string>> facts,
    DaemonLog log)
{
    private const int MissedBeats = 2;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWordsPoll = TimeSpan.FromMilliseconds(10);
    private readonly ConcurrentDictionary<string, (ResultPump Pump, CancellationTokenSource Stop)> pumps = new(StringComparer.Ordinal);

    /// <summary>Serves until the connection ends.</summary>
    public async Task<SessionEnd> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        try
        {
            while (true)
            {
                silence.CancelAfter(heartbeat * MissedBeats);
                if (await socket.ReceiveAsync(silence.Token) is not { } message)
                {
                    return new(true, null, silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested
                        ? $"The gateway was silent for {heartbeat.TotalSeconds * MissedBeats:0.#} s."
                        : "The connection ended.", false);
                }

                if (await TakeAsync(message, stop.Token) is { } end) return end;
            }
        }
        finally
        {
            // With it every pump of this connection.
            await stop.CancelAsync();
        }
    }

    private async Task<SessionEnd?> TakeAsync(FrameMessage message, CancellationToken cancellationToken)
    {
        if (message.Output is { } chunk)
        {
            if (executions.Find(chunk.Id)?.Input?.Take(chunk) is { } wanted) await socket.SendAsync(wanted, cancellationToken);
            return null;
        }

        switch (message.Control.Frame)
        {
            case PingFrame ping:
                await socket.SendAsync(new PongFrame(ping.Number, ping.Facts ? facts() : null), cancellationToken);
                return null;
            case ExecuteFrame execute:
                await ExecuteAsync(execute, cancellationToken);
                return null;
            case AttachFrame attach:
                await AttachAsync(attach, cancellationToken);
                return null;
            case CreditFrame credit:
                if (pumps.TryGetValue(credit.Id, out var pump)) pump.Pump.Credit(credit.Bytes);
                return null;
            case CancelFrame cancel:
                executions.Cancel(cancel.Id);
                return null;
            case ForgetFrame forget:
                executions.Forget(forget.Id);
                return null;
            case RefusedFrame refused:
                if (refused.Code == RefusalCode.Removed) await StopAllAsync(cancellationToken);
                return new(true, refused.Code, refused.Reason, refused.Final);
            case ErrorFrame error:
                log.Say($"The gateway did not understand a message ({error.About}): {error.Message}");
                return null;
            default:
                var about = message.Control.Frame?.GetType().Name ?? message.Control.UnknownType ?? "message";
                await socket.SendAsync(new ErrorFrame(about, message.Control.Problem ?? "this version of the node does not know it"), cancellationToken);
                return null;
        }
    }

    // Removed from the fleet: everything stops, and the gateway hears how it ended while it still listens.
    private async Task StopAllAsync(CancellationToken cancellationToken)
    {
        executions.CancelAll();
        for (var waited = TimeSpan.Zero; waited < LastWords && !pumps.IsEmpty; waited += LastWordsPoll) await Task.Delay(LastWordsPoll, cancellationToken);
    }

    private async Task ExecuteAsync(ExecuteFrame frame, CancellationToken cancellationToken)
    {
        var refusal = grants.Refusal(frame, clock.Now, out var plan);
        if (plan is null)
        {
            log.Say($"Refused an order: {refusal}");
            await socket.SendAsync(new ErrorFrame("execute", refusal ?? "it has no plan"), cancellationToken);
            return;
        }

        // An order that comes twice joins what it started; that needs no second permission.
        refusal = executions.Find(plan.Id) is { } known ? SamePlan(known.Plan, plan) : refusal ?? policy.Refusal(plan) ?? (plan.Input is { } input ? executions.Refusal(input) : null);
        if (refusal is not null)
        {
            log.Say($"Refused {plan.Id}: {refusal}");
            await socket.SendAsync(new RejectedFrame(plan.Id, refusal), cancellationToken);
            return;
        }

        Pump(executions.Start(plan), 0, frame.Window, cancellationToken);
    }

    private static string? SamePlan(ExecutionPlan known, ExecutionPlan plan) =>
        FrameCodec.Write(known).AsSpan().SequenceEqual(FrameCodec.Write(plan)) ? null : $"The execution {plan.Id} was used for another command before.";

    private async Task AttachAsync(AttachFrame attach, CancellationToken cancellationToken)
    {
        if (executions.Find(attach.Id) is { } execution) Pump(execution, Math.Max(0, attach.Offset), attach.Window, cancellationToken);
        else if (executions.Recall(attach.Id) is { } result) await socket.SendAsync(ResultPump.Frame(attach.Id, result, 0), cancellationToken);
        else await socket.SendAsync(new NotKnownFrame(attach.Id), cancellationToken);
    }

    private void Pump(NodeExecution execution, long offset, long window, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pump = (new ResultPump(execution, socket, offset, window), stop);
        if (pumps.TryRemove(execution.Plan.Id, out var earlier)) Stop(earlier.Stop);
        pumps[execution.Plan.Id] = pump;
        _ = RunAsync(execution.Plan.Id, pump);
        if (execution.Input?.Resume() is { } wanted) _ = socket.SendAsync(wanted, cancellationToken);
    }

    private static void Stop(CancellationTokenSource pump)
    {
        try
        {
            pump.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    private async Task RunAsync(string id, (ResultPump Pump, CancellationTokenSource Stop) pump)
    {
        await pump.Pump.RunAsync(pump.Stop.Token);
        pumps.TryRemove(KeyValuePair.Create(id, pump));
        pump.Stop.Dispose();
    }
}
