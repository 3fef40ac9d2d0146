using ChatOps.Agent.Commands;
using ChatOps.Agent.Speech;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>Answers one message: who is it, what is meant, then the command, the button or the free text.</summary>
internal sealed class TurnRunner(
    IStore store, IPrincipals principals, IAdmission admission, ChatCommandLine grammar, CommandTurn commands, VoiceTurn voice, IFreeText freeText)
{
    /// <summary>Answers.</summary>
    public async Task<TurnEnd> RunAsync(RunningTurn running)
    {
        var turn = running.Turn;
        if (await admission.WhyNotHereAsync(turn.Item, running.Token) is { } closed) return TurnEnd.Done("group not admitted", closed);
        if (principals.Resolve(turn.Actor) is not { } principal)
            return TurnEnd.Done("stranger", await admission.GreetAsync(turn.Item, running.Token)) with { Private = turn.Item.Context.Group is not null };
        if (turn.Schedule is null && turn.Finding is null) await admission.SeenAsync(principal, turn.Item, running.Token);

        if (turn.Item.Kind == InboundKind.Action)
        {
            var press = await ReadPressAsync(turn, running.Token);
            return press.Refusal is { } refusal ? TurnEnd.Done("button refused", refusal) with { Private = true } : await commands.RunAsync(running, principal, press.Command!);
        }

        if (ChatCommandLine.IsCommand(turn.Item.Text)) return await commands.RunAsync(running, principal, grammar.Parse(turn.Item.Text));
        if (VoiceTurn.IsOne(turn.Item)) return await VoiceAsync(running, principal);
        return await freeText.AnswerAsync(running, turn, principal);
    }

    private async Task<TurnEnd> VoiceAsync(RunningTurn running, Principal principal)
    {
        var (end, command) = await voice.ListenAsync(running);
        if (end is not null) return end;
        return command is not null
            ? await commands.RunAsync(running, principal, command)
            : await freeText.AnswerAsync(running, VoiceTurn.AsText(running.Turn), principal);
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
