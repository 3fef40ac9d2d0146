using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Models.Costs;

/// <summary>The buttons below a message that says that a budget is used up. Whoever presses one types the command, as it were: the gate decides whether they may.</summary>
internal sealed class BudgetButton(IStore store, IIdGenerator ids, TimeProvider time)
{
    /// <summary>The buttons, or null when nothing can be done.</summary>
    /// <param name="failure">Why the turn lies still.</param>
    /// <param name="inboxId">The message that it answers.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<ActionsBlock?> ForAsync(ModelException failure, string inboxId, string conversationId, CancellationToken cancellationToken)
    {
        if (failure is not { Remedy: { } command, RemedyLabel: { } label }) return null;
        var (raise, refuse) = (ids.NewActionToken(), ids.NewActionToken());
        await store.WriteAsync(
            session =>
            {
                session.Approvals.AddAction(new StoredAction(raise, command, conversationId, time.GetUtcNow()));
                session.Approvals.AddAction(new StoredAction(refuse, $"cost refuse {inboxId}", conversationId, time.GetUtcNow()));
                return true;
            },
            cancellationToken);
        return new ActionsBlock([new MessageAction(raise, label, ActionStyle.Primary), new MessageAction(refuse, "Do not raise, end it", ActionStyle.Danger)]);
    }
}
