using ChatOps.Agent.Commands;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>Wakes the conversation of an accepted message. A <c>/stop</c> does not wait for the turn that it is to stop.</summary>
internal sealed class MessageAcceptedHandler(
    IStore store, TurnScheduler scheduler, TurnStore turns, IPrincipals principals, ChatCommandLine grammar, StopCommand stop, StopsInFlight stops)
    : IWakingHandler<MessageAccepted>
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
        // Where nothing runs, a /stop is answered in its turn like everything else.
        if (message.MayStop && scheduler.IsAt(message.ConversationId) && await FindStopAsync(message, cancellationToken) is var (item, principal))
            await stops.RunAsync(item.Id, () => StopAsync(item, principal, cancellationToken));
        scheduler.Wake(message.ConversationId);
    }

    private async Task StopAsync(InboxItem item, Principal principal, CancellationToken cancellationToken)
    {
        var notBegun = await turns.CancelBeforeAsync(item, cancellationToken);
        var titles = await stop.StopAsync(item, principal, cancellationToken);
        await turns.AnswerStopAsync(item, TurnTexts.Stopped(titles, notBegun), cancellationToken);
    }

    private async Task<(InboxItem Item, Principal Principal)?> FindStopAsync(MessageAccepted message, CancellationToken cancellationToken)
    {
        var (item, command) = await store.ReadAsync(Read, cancellationToken);
        if (item is not { State: InboxState.Accepted or InboxState.Working } || command is null) return null;
        if (grammar.Parse(command) is not { Understood: true } parsed || parsed.Tool != BuiltInCommands.Stop) return null;
        return principals.Resolve(item.Actor) is { } principal ? (item, principal) : null;

        (InboxItem? Item, string? Command) Read(IStoreSession session)
        {
            var found = session.Inbox.Find(message.InboxId);
            return found switch
            {
                null => (null, null),
                { Kind: InboundKind.Text } => (found, ChatCommandLine.IsCommand(found.Text) ? found.Text : null),
                _ => (found, session.Approvals.FindAction(ButtonPress.Read(found.Text).Token) is { } action
                    && (action.ConversationId ?? found.ConversationId) == found.ConversationId ? action.Command : null),
            };
        }
    }
}
