using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Channels;

/// <summary>The web channel as the console sees it.</summary>
public interface IWebChat
{
    /// <summary>Hands what a signed-in person typed or pressed to the inbox.</summary>
    /// <param name="actor">The signed-in person's web identity.</param>
    /// <param name="chat">The chat's id within the web channel.</param>
    /// <param name="clientId">Made by the browser for this message; the same id is accepted once.</param>
    /// <param name="kind">Text or button.</param>
    /// <param name="text">Text or token.</param>
    /// <param name="cancellationToken">Cancels the wait, not an accepted message.</param>
    Task<InboxReceipt> AcceptAsync(Actor actor, string chat, string clientId, InboundKind kind, string text, CancellationToken cancellationToken);

    /// <summary>What changes in a chat, from now on until cancelled. Slow readers lose passing progress, never the knowledge that a message changed.</summary>
    IAsyncEnumerable<WebChatEvent> WatchAsync(string chat, CancellationToken cancellationToken);
}
