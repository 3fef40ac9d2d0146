using ChatOps.Messages;

namespace ChatOps.Channels;

/// <summary>
/// Told when the state of an accepted message has changed, so that a channel can show it (working, waiting, done). Implemented by channels that show it; whoever
/// changes the state calls every registered observer, after the commit. Returns at once and never throws; an observer ignores conversations of other channels.
/// </summary>
public interface IInboundObserver
{
    /// <summary>The state in the store has changed.</summary>
    /// <param name="inboxId">The message.</param>
    /// <param name="conversation">Where it stands.</param>
    void Changed(string inboxId, ConversationKey conversation);
}
