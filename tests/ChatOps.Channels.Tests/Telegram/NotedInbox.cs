using ChatOps.Messages;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>An inbox that tells what it answers.</summary>
internal sealed class NotedInbox(IInbox inner, Action<InboxReceipt> note) : IInbox
{
    public async Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        var receipt = await inner.AcceptAsync(message, cancellationToken);
        note(receipt);
        return receipt;
    }
}
