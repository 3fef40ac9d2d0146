using ChatOps.Messages;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>An inbox with a bug that some texts bring out.</summary>
internal sealed class BrokenInbox(IInbox inner, Func<string, bool> breaksAt) : IInbox
{
    public Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken) =>
        breaksAt(message.Text) ? throw new InvalidOperationException("A bug.") : inner.AcceptAsync(message, cancellationToken);
}
