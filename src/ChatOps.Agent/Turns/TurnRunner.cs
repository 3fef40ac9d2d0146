using ChatOps.Agent.Commands;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>Answers one message: who is it, what is meant, then the command, the button or the free text.</summary>
internal sealed class TurnRunner(
    IStore store, IPrincipals principals, Strangers strangers, ChatCommandLine grammar, ConversationCommands own, ToolTurn tools, IFreeText freeText)
{
    /// <summary>Answers.</summary>
    public async Task<TurnEnd> RunAsync(RunningTurn running)
    {
        var turn = running.Turn;
        if (principals.Resolve(turn.Actor) is not { } principal)
            return TurnEnd.Done("stranger", strangers.IsFirstToday(turn.Actor) ? TurnTexts.Stranger(turn.Actor) : null);

        if (turn.Item.Kind == InboundKind.Action)
        {
            var press = await ReadPressAsync(turn, running.Token);
            return press.Refusal is { } refusal ? TurnEnd.Done("button refused", refusal) with { Private = true } : await CommandAsync(running, principal, press.Command!);
        }

        return ChatCommandLine.IsCommand(turn.Item.Text)
            ? await CommandAsync(running, principal, grammar.Parse(turn.Item.Text))
            : TurnEnd.Done("answered", await freeText.AnswerAsync(turn, principal, running.Token));
    }

    private async Task<TurnEnd> CommandAsync(RunningTurn running, Principal principal, ParsedCommand command)
    {
        if (!command.Understood) return TurnEnd.Done("not understood", OutcomeMessage.Line(command.Error, Tone.Refused));
        return own.Owns(command.Tool)
            ? await own.RunAsync(running, principal, command)
            : await tools.RunAsync(running, command);
    }

    private async Task<(ParsedCommand? Command, RichMessage? Refusal)> ReadPressAsync(Turn turn, CancellationToken cancellationToken)
    {
        var press = ButtonPress.Read(turn.Item.Text);
        var action = await store.ReadAsync(session => session.Approvals.FindAction(press.Token), cancellationToken);
        if (action is null) return (null, TurnTexts.DeadButton);
        if (action.ConversationId is { } where && where != turn.Conversation.Id) return (null, TurnTexts.ForeignButton);
        var command = grammar.Parse(action.Command);
        return (press.Reason is { } reason ? command.With("reason", reason) : command, null);
    }
}
