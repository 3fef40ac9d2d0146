using ChatOps.Agent.Turns;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Identity;
using ChatOps.Storage;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Context;

/// <summary>Builds what a model is told before a step: rules, situation and pinned state, the conversation so far, and this turn.</summary>
internal sealed class TurnContext(IStore store, SystemPrompt prompt, WorkspaceTexts workspace) : ITurnContext
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ChatMessage>> BuildAsync(Turn turn, Principal principal, IReadOnlyList<TurnStep> steps, CancellationToken cancellationToken)
    {
        var (exchanges, asked, pinned) = await store.ReadAsync(
            session => (ConversationSoFar.Read(session, turn), ConversationSoFar.WithJoined(session, turn.Item), PinnedState.Read(session, turn.Conversation.Id)),
            cancellationToken);
        return
        [
            new(ChatRole.System, SystemPrompt.Rules + "\n\n" + workspace.Read()),
            new(ChatRole.System, prompt.Situation(turn.Item, principal) + pinned),
            .. exchanges.SelectMany(ConversationMessages.Of),
            .. asked.Select(ConversationMessages.Person),
            .. StepText.Messages(steps),
        ];
    }
}
