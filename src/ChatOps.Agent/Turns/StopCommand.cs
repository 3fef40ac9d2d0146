using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>Stops what runs in a conversation: through the gate, which records it, and then the turn itself, which may not have reached the gate yet.</summary>
internal sealed class StopCommand(RunningTurns running, TurnStore store, IToolInvoker invoker, TimeProvider time)
{
    /// <summary>How long the gate may take to say what it stops, before the turn is cancelled all the same.</summary>
    private static readonly TimeSpan GateTime = TimeSpan.FromMilliseconds(300);

    /// <summary>Stops.</summary>
    /// <param name="item">The <c>/stop</c>.</param>
    /// <param name="principal">Who stops.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The titles of what was stopped.</returns>
    public async Task<IReadOnlyList<string>> StopAsync(InboxItem item, Principal principal, CancellationToken cancellationToken)
    {
        var turn = running.In(item.ConversationId);
        if (turn?.Turn.Item.Id == item.Id) turn = null;
        turn?.RequestStop(principal.DisplayName);
        // Before the gate withdraws what they wait for, or they would go on with that.
        var waited = await store.CancelSuspendedAsync(item, principal.DisplayName, cancellationToken);
        var gate = invoker.StopAsync(item.ConversationId, principal.Id, cancellationToken);
        await Task.WhenAny(gate, Task.Delay(GateTime, time, cancellationToken));
        turn?.Cancel();
        var titles = await gate;
        if (titles.Count > 0) return titles;
        return turn is null ? waited : [TurnTexts.Quoted(turn.Turn.Item), .. waited];
    }
}
