using ChatOps.Channels;
using ChatOps.Messages;

namespace ChatOps.Agent.Turns;

/// <summary>Tells channels that a message's state has changed. Called after the commit only.</summary>
internal sealed class InboundChanges(IEnumerable<IInboundObserver> observers)
{
    private readonly IInboundObserver[] observers = [.. observers];

    /// <summary>Tells every observer.</summary>
    public void Notify(string inboxId, ConversationKey conversation)
    {
        foreach (var observer in observers) observer.Changed(inboxId, conversation);
    }
}
