using ChatOps.Agent.Commands;
using ChatOps.Agent.Speech;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>A turn that is one call of one tool, through the gate.</summary>
internal sealed class ToolTurn(IToolInvoker invoker, WorkingMessages working, TimeProvider time)
{
    /// <summary>How long a stopped tool may take to end, before the answer says that its end is not known.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    /// <summary>Calls the tool.</summary>
    public async Task<TurnEnd> RunAsync(RunningTurn running, ParsedCommand command)
    {
        var turn = running.Turn;
        var request = new InvocationRequest(
            turn.InvocationId, turn.Actor, command.Tool!.Name, command.Arguments, turn.Source)
        {
            Conversation = turn.Conversation,
            InboxId = turn.Item.Id,
            IsNew = !turn.IsRetry,
            Why = turn.Heard is { } heard ? VoiceTexts.Why(heard.Text) : null,
        };

        await using var message = working.Start(turn, job: command.Tool.IsJob ? request.Id : null);
        var outcome = await CallAsync(request, message, running);
        var posted = await message.StopAsync();
        CrashPoint.Hit("turn.invoked");
        return End(running, command.Tool, outcome) with { WorkingMessage = posted };
    }

    private async Task<InvocationOutcome?> CallAsync(InvocationRequest request, IToolProgress progress, RunningTurn running)
    {
        try
        {
            var outcome = await invoker.InvokeAsync(request, progress, running.Calls);
            // An earlier attempt of this turn may have left it running.
            if (outcome.Status == InvocationStatus.Running) outcome = await invoker.WaitAsync(request.Id, progress, running.Token) ?? outcome;
            // The gateway stops, or the conversation is another one's now: whoever takes the turn up finds it running.
            if (outcome.Status == InvocationStatus.Running) running.Token.ThrowIfCancellationRequested();
            return outcome;
        }
        catch (OperationCanceledException) when (running.StoppedBy is not null && running.Token.IsCancellationRequested)
        {
            return await AfterStopAsync(request.Id);
        }
    }

    // Stopped: what the gate knows of it is the answer; it may be nothing.
    private async Task<InvocationOutcome?> AfterStopAsync(string invocationId)
    {
        var outcome = await invoker.FindAsync(invocationId, CancellationToken.None);
        if (outcome is not { Status: InvocationStatus.Running }) return outcome;
        using var limit = new CancellationTokenSource(StopTime, time);
        return await invoker.WaitAsync(invocationId, limit.Token) ?? outcome;
    }

    private static TurnEnd End(RunningTurn running, ToolManifest tool, InvocationOutcome? outcome)
    {
        var stopped = running.StoppedBy;
        return outcome switch
        {
            null => new TurnEnd(InboxState.Cancelled, "stopped", TurnTexts.StoppedEarly(stopped ?? "/stop")),
            { Status: InvocationStatus.Waiting } => new TurnEnd(InboxState.Suspended, null, OutcomeMessage.Of(outcome)) { WaitsFor = outcome.InvocationId, OnlyIfWorking = true },
            { Status: InvocationStatus.Running } when stopped is not null => new TurnEnd(InboxState.Cancelled, "stopped, end unknown", TurnTexts.StoppedUnknown(stopped)),
            { Status: InvocationStatus.Running } => throw new InvalidOperationException($"The gate stopped waiting for {outcome.InvocationId} while it runs."),
            { Failure: FailureCode.Cancelled } when stopped is not null => new TurnEnd(InboxState.Cancelled, "stopped", OutcomeMessage.Of(outcome)),
            // A press that changes nothing is between the gateway and the presser; the card stays as it is.
            _ => TurnEnd.Done(OutcomeMessage.Word(outcome), OutcomeMessage.Of(outcome)) with
            {
                Private = running.Turn.Item.Kind == InboundKind.Action && (tool.OutOfTurn || outcome.Status is InvocationStatus.Refused or InvocationStatus.Failed),
                Card = outcome.Result?.Card,
            },
        };
    }
}
