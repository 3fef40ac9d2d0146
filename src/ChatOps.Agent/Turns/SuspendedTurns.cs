using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>
/// Ends turns that waited for an approval, or goes on with those that a model leads, when what they waited for has ended: by the event, and by looking now and then, so that
/// a lost event heals. At the start it begins again what a crash left, after what was to stop it.
/// </summary>
internal sealed class SuspendedTurns(IStore store, TurnStore turns, IToolInvoker invoker, TurnScheduler scheduler, OutOfTurn outOfTurn, AgentOptions options)
    : IMessageHandler<InvocationFinished>, IRecoverySweep
{
    /// <summary>Suspended messages looked at in one sweep; the oldest first.</summary>
    private const int MaxSwept = 10_000;

    /// <summary>Messages of one conversation that are looked through at the start.</summary>
    private const int MaxOpen = 1000;

    /// <inheritdoc/>
    public string Name => "turns";

    /// <inheritdoc/>
    public Task HandleAsync(InvocationFinished message, CancellationToken cancellationToken) => ResumeAsync(message.InvocationId, cancellationToken);

    /// <inheritdoc/>
    public async Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        if (atStart && options.AloneWithStore) await store.WriteAsync(session => session.Conversations.ReleaseOthers(turns.Holder), cancellationToken);
        var (suspended, open) = await store.ReadAsync(
            session => (session.Inbox.Suspended(MaxSwept), session.Inbox.ConversationsWithWork(MaxSwept)), cancellationToken);
        foreach (var conversation in open)
        {
            // Before the turn that a crash left is begun again: a stop that was accepted then must not wait behind what it is to stop.
            if (atStart) await AnswerStopsAsync(conversation, cancellationToken);
            scheduler.Wake(conversation);
        }

        foreach (var item in suspended) await ResumeAsync(item.WaitsFor!, cancellationToken);
    }

    private async Task AnswerStopsAsync(string conversation, CancellationToken cancellationToken)
    {
        var waiting = await store.ReadAsync(session => session.Inbox.Open(conversation, MaxOpen), cancellationToken);
        foreach (var item in waiting.Skip(1)) await outOfTurn.AnswerAsync(item.Id, cancellationToken);
    }

    private async Task ResumeAsync(string invocationId, CancellationToken cancellationToken)
    {
        var outcome = await invoker.FindAsync(invocationId, cancellationToken);
        if (outcome is null or { Status: InvocationStatus.Waiting or InvocationStatus.Running }) return;
        if (await turns.ResumeAsync(invocationId, outcome, cancellationToken) is { } conversation) scheduler.Wake(conversation);
    }
}
