using ChatOps.Agent.Commands;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>
/// What does not wait until the turn before it has ended, because it is about that turn: <c>/stop</c>, and the commands and buttons of a running job. When it is not
/// answered here, its own turn answers it.
/// </summary>
internal sealed class OutOfTurn(IStore store, TurnStore turns, IPrincipals principals, IAdmission admission, ChatCommandLine grammar, StopCommand stop, IToolInvoker invoker, StopsInFlight flights)
{
    /// <summary>Answers a message now when it is one that does not wait.</summary>
    public async Task AnswerAsync(string inboxId, CancellationToken cancellationToken)
    {
        if (await FindAsync(inboxId, cancellationToken) is var (item, principal, command))
            await flights.RunAsync(item.Id, () => AnswerAsync(item, principal, command, cancellationToken));
    }

    private async Task AnswerAsync(InboxItem item, Principal principal, ParsedCommand command, CancellationToken cancellationToken)
    {
        if (command.Tool == BuiltInCommands.Stop)
        {
            var notBegun = await turns.CancelBeforeAsync(item, cancellationToken);
            var titles = await stop.StopAsync(item, principal, cancellationToken);
            await turns.AnswerOutOfTurnAsync(item, "stop", TurnTexts.Stopped(titles, notBegun), privately: false, cancellationToken);
            return;
        }

        var pressed = item.Kind == InboundKind.Action;
        var request = new InvocationRequest(Turn.InvocationIdOf(item), item.Actor, command.Tool!.Name, command.Arguments, pressed ? "button" : "chat")
        {
            Conversation = ConversationKey.Parse(item.ConversationId), InboxId = item.Id,
        };
        var outcome = await invoker.InvokeAsync(request, NoProgress.Instance, cancellationToken);
        await turns.AnswerOutOfTurnAsync(item, OutcomeMessage.Word(outcome), OutcomeMessage.Of(outcome), pressed, cancellationToken);
    }

    private async Task<(InboxItem Item, Principal Principal, ParsedCommand Command)?> FindAsync(string inboxId, CancellationToken cancellationToken)
    {
        var (item, line) = await store.ReadAsync(Read, cancellationToken);
        if (item is not { State: InboxState.Accepted or InboxState.Working } || line is null) return null;
        var command = grammar.Parse(line);
        if (!command.Understood || !(command.Tool == BuiltInCommands.Stop || command.Tool.OutOfTurn)) return null;
        if (principals.Resolve(item.Actor) is not { } principal || await admission.WhyNotHereAsync(item, cancellationToken) is not null) return null;
        return (item, principal, command);

        (InboxItem? Item, string? Line) Read(IStoreSession session)
        {
            var found = session.Inbox.Find(inboxId);
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
