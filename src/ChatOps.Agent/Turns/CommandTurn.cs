using ChatOps.Agent.Commands;
using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Agent.Turns;

/// <summary>A turn that is one command, typed, pressed or spoken: the conversation's own, or a tool's.</summary>
internal sealed class CommandTurn(ConversationCommands own, ToolTurn tools)
{
    /// <summary>Runs it, or says what is wrong with it.</summary>
    public async Task<TurnEnd> RunAsync(RunningTurn running, Principal principal, ParsedCommand command)
    {
        if (!command.Understood) return TurnEnd.Done("not understood", OutcomeMessage.Line(command.Error, Tone.Refused));
        return own.Owns(command.Tool)
            ? await own.RunAsync(running, principal, command)
            : await tools.RunAsync(running, command);
    }
}
