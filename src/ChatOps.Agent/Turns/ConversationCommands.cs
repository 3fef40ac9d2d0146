using ChatOps.Agent.Commands;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>The commands of the conversation itself: <c>/help</c>, <c>/stop</c>, <c>/new</c>.</summary>
internal sealed class ConversationCommands(VisibleCommands visible, StopCommand stop, IStore store)
{
    /// <summary>Whether a command is one of them.</summary>
    public bool Owns(ToolManifest tool) => BuiltInCommands.All.Contains(tool);

    /// <summary>Answers it.</summary>
    public async Task<TurnEnd> RunAsync(RunningTurn running, Principal principal, ParsedCommand command)
    {
        var turn = running.Turn;
        if (command.Tool == BuiltInCommands.Stop)
            return TurnEnd.Done("stop", TurnTexts.Stopped(await stop.StopAsync(turn.Item, principal, running.Token), 0));
        if (command.Tool == BuiltInCommands.New)
        {
            await store.WriteAsync(session => Rename(session, turn), running.Token);
            return TurnEnd.Done("new", TurnTexts.NewConversation);
        }

        var manifests = visible.For(principal);
        if (!command.Arguments.TryGetValue("command", out var words)) return TurnEnd.Done("help", CommandHelp.All(manifests));
        var topic = words.Replace(',', ' ').TrimStart('/');
        return TurnEnd.Done("help", CommandHelp.About(manifests, topic) ?? RichMessage.Text(CommandHelp.Unknown(manifests, topic)));
    }

    private static bool Rename(IStoreSession session, Turn turn)
    {
        if (!session.Conversations.Holds(turn.Conversation.Id, turn.Token)) return false;
        session.Conversations.Rename(turn.Conversation.Id, TurnTexts.NewTitle);
        session.Conversations.BeginMemory(turn.Conversation.Id, turn.Item.Id);
        return true;
    }
}
