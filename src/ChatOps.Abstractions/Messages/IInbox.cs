namespace ChatOps.Messages;

/// <summary>Takes what channels hear. Returns after the commit: only then may a platform be answered.</summary>
public interface IInbox
{
    /// <summary>Accepts a message once.</summary>
    /// <returns>The inbox id, and whether it was there already.</returns>
    Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Waits while many messages are coming in, for a bounded moment. Whoever works on what was accepted calls it first: a platform waits for its ack for seconds at most, and
    /// what is accepted is safe.
    /// </summary>
    Task GiveWayAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
