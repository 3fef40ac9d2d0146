using ChatOps.Messages;

namespace ChatOps.Agent.Turns;

/// <summary>Wakes the conversation of an accepted message. What is about the turn that runs does not wait for it.</summary>
internal sealed class MessageAcceptedHandler(TurnScheduler scheduler, OutOfTurn outOfTurn) : IWakingHandler<MessageAccepted>
{
    /// <inheritdoc/>
    public bool TryWake(MessageAccepted message)
    {
        if (message.MayStop && scheduler.IsAt(message.ConversationId)) return false;
        scheduler.Wake(message.ConversationId);
        return true;
    }

    /// <inheritdoc/>
    public async Task HandleAsync(MessageAccepted message, CancellationToken cancellationToken)
    {
        // Where nothing runs, everything is answered in its turn.
        if (message.MayStop && scheduler.IsAt(message.ConversationId)) await outOfTurn.AnswerAsync(message.InboxId, cancellationToken);
        scheduler.Wake(message.ConversationId);
    }
}
