using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>One message being answered.</summary>
/// <param name="Item">The message; its attempts include this one.</param>
/// <param name="Conversation">Where.</param>
/// <param name="Token">The lease's fencing token: every write of the turn checks it.</param>
internal sealed record Turn(InboxItem Item, ConversationKey Conversation, long Token)
{
    /// <summary>The one invocation that a turn without a model makes. Derived, so that after a crash the gate is asked about the same one.</summary>
    public string InvocationId => Item.Id + "-1";

    /// <summary>Whether a turn on this message was begun before and left.</summary>
    public bool IsRetry => Item.Attempts > 1;

    /// <summary>Who wrote.</summary>
    public Actor Actor => Item.Actor;
}
