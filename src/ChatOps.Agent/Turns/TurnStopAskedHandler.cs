using ChatOps.Messages;

namespace ChatOps.Agent.Turns;

/// <summary>Cancels the turn on one message when it runs here, and no other.</summary>
internal sealed class TurnStopAskedHandler(RunningTurns running) : IMessageHandler<TurnStopAsked>
{
    /// <inheritdoc/>
    public Task HandleAsync(TurnStopAsked message, CancellationToken cancellationToken)
    {
        if (running.In(message.ConversationId) is not { } turn || turn.Turn.Item.Id != message.InboxId) return Task.CompletedTask;
        turn.RequestStop(message.By);
        turn.Cancel();
        return Task.CompletedTask;
    }
}
