using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Models.Costs;

/// <summary>The button below a message that says that a budget is used up. Whoever presses it types the command, as it were: the gate decides whether they may.</summary>
internal sealed class BudgetButton(IStore store, IIdGenerator ids, TimeProvider time)
{
    /// <summary>The button, or null when nothing can be done.</summary>
    public async Task<ActionsBlock?> ForAsync(ModelException failure, string conversationId, CancellationToken cancellationToken)
    {
        if (failure is not { Remedy: { } command, RemedyLabel: { } label }) return null;
        var token = ids.NewActionToken();
        await store.WriteAsync(
            session =>
            {
                session.Approvals.AddAction(new StoredAction(token, command, conversationId, time.GetUtcNow()));
                return true;
            },
            cancellationToken);
        return new ActionsBlock([new MessageAction(token, label, ActionStyle.Primary)]);
    }
}
