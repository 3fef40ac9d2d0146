using ChatOps.Approvals.Pending;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Approvals.Cards;

/// <summary>
/// A card that may or may not have reached people is not sent again: its approval gets a new revision, which makes buttons that did arrive void, and a new card. The
/// approval itself stays as it is, and can be decided by command all the while.
/// </summary>
internal sealed class DoubtfulCards(IStore store, ApprovalLedger ledger, CardWriter cards) : IMessageHandler<SendDoubtful>, IRecoverySweep
{
    /// <summary>How often one approval's card is issued again; a platform that swallows them all does not get one a second.</summary>
    public const int MaxReissues = 3;

    private const int MaxScan = 1000;

    public string Name => "doubtful cards";

    public Task HandleAsync(SendDoubtful message, CancellationToken cancellationToken) => ReissueAsync(message.MessageId, cancellationToken);

    public Task SweepAsync(bool atStart, CancellationToken cancellationToken) => ReissueAsync(null, cancellationToken);

    private async Task ReissueAsync(string? messageId, CancellationToken cancellationToken)
    {
        var found = await store.ReadAsync(session => Lost(session).Any(l => messageId is null || l.MessageId == messageId), cancellationToken);
        if (found) await store.WriteAsync(session => Reissue(session, messageId), cancellationToken);
    }

    private int Reissue(IStoreSession session, string? messageId)
    {
        var lost = Lost(session).ToLookup(l => l.ApprovalId, l => l.MessageId);
        var count = 0;
        foreach (var approvalId in lost.Select(l => l.Key))
        {
            var card = session.Approvals.Cards(approvalId).FirstOrDefault(c => lost[approvalId].Contains(c.MessageId) && (messageId is null || c.MessageId == messageId));
            if (card is null || lost[approvalId].Count() > MaxReissues || ledger.Find(session, approvalId) is not { State: ApprovalState.Pending } approval) continue;
            if (!session.Approvals.CompareAndSet(approvalId, approval.Revision, ApprovalState.Pending, ApprovalState.Pending, null, null, null, null)) continue;
            cards.Replace(session, ledger.Find(session, approvalId)!, card);
            count++;
        }

        return count;
    }

    private static IEnumerable<(string ApprovalId, string MessageId)> Lost(IStoreSession session) =>
        from step in session.Outbox.InState(OutboxState.Unknown, MaxScan)
        let card = step.Content.Blocks.OfType<CardBlock>().FirstOrDefault()
        where card is not null && step.Content.Blocks.Any(b => b is ActionsBlock)
        select (card.ApprovalId, step.MessageId);
}
