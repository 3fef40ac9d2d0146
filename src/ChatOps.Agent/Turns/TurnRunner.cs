using ChatOps.Agent.Commands;
using ChatOps.Agent.Speech;
using ChatOps.Audit;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>Answers one message: who is it, what is meant, is there room for it, then the command, the button or the free text.</summary>
internal sealed class TurnRunner(
    IStore store, IPrincipals principals, IAdmission admission, ChatCommandLine grammar, MessageLimits limits, CommandTurn commands, VoiceTurn voice, IFreeText freeText)
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
            if (press.Refusal is { } refusal) return TurnEnd.Done("button refused", refusal) with { Private = true };
            return Limit(turn, principal, press.Command) ?? await commands.RunAsync(running, principal, press.Command!);
        }

        var command = ChatCommandLine.IsCommand(turn.Item.Text) ? grammar.Parse(turn.Item.Text) : null;
        if (Limit(turn, principal, command) is { } over) return over;
        if (command is not null) return await commands.RunAsync(running, principal, command);
        if (VoiceTurn.IsOne(turn.Item)) return await VoiceAsync(running, principal);
        return await freeText.AnswerAsync(running, turn, principal);
    }

    // What the gateway asks by itself has bounds of its own, and a turn that is begun again was counted when it began.
    private TurnEnd? Limit(Turn turn, Principal principal, ParsedCommand? command)
    {
        if (turn.Schedule is not null || turn.Finding is not null || turn.IsRetry || command is { Understood: true } && IsNeverLimited(command.Tool)) return null;
        if (limits.Note(principal.Id) is not { } over) return null;
        var record = new AuditEntry(AuditKind.Refusal, $"A message of {principal.Id} was not answered: more than {over.PerMinute} a minute.")
        {
            Principal = principal.Id, ActorKey = turn.Actor.Key, ConversationId = turn.Conversation.Id, Outcome = "refused",
            Rule = over.OfEverybody ? "Agent:MessagesPerMinuteInAll" : "Agent:MessagesPerMinute", Detail = new Dictionary<string, string> { ["message"] = turn.Item.Id },
        };
        return TurnEnd.Done(TurnTexts.OverLimitOutcome, over.Tell ? TurnTexts.OverLimit(turn.Item, over) : null) with { Private = turn.Item.Context.Group is not null, Record = record };
    }

    private static bool IsNeverLimited(ToolManifest tool) => tool == BuiltInCommands.Stop || tool.IsNeverLimited;

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
