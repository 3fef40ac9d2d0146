using ChatOps.Messages;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>An inbox that tells the ids that it gives.</summary>
internal sealed class NotedInbox(IInbox inner, Action<string?> note) : IInbox
{
    public async Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        var receipt = await inner.AcceptAsync(message, cancellationToken);
        note(receipt.InboxId);
        return receipt;
    }
}
