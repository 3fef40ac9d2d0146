namespace ChatOps.Messages;

/// <summary>Takes what channels hear. Returns after the commit: only then may a platform be answered.</summary>
public interface IInbox
{
    /// <summary>Accepts a message once.</summary>
    /// <returns>The inbox id, and whether it was there already.</returns>
    Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken);
}
