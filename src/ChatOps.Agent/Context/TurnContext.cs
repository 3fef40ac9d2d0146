using ChatOps.Agent.Memory;
using ChatOps.Agent.Models;
using ChatOps.Agent.Turns;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Identity;
using ChatOps.Storage;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Context;

/// <summary>Builds what a model is told before a step: rules, situation and pinned state, the conversation so far, and this turn. Near the window the older part is told in short.</summary>
internal sealed class TurnContext(IStore store, SystemPrompt prompt, WorkspaceTexts workspace, RememberedText memory, ContextRoom room, Digester digester, TimeProvider time) : ITurnContext
{
    /// <summary>What the digest is called where it is told.</summary>
    public const string DigestSource = "your own notes of the earlier conversation";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ChatMessage>> BuildAsync(Turn turn, Principal principal, IReadOnlyList<TurnStep> steps, CancellationToken cancellationToken)
    {
        var rules = SystemPrompt.Rules + "\n\n" + workspace.Read();
        var (before, asked, pinned) = await store.ReadAsync(
            session => (ConversationSoFar.Read(session, turn), ConversationSoFar.WithJoined(session, turn.Item), PinnedState.Read(session, turn.Conversation.Id)),
            cancellationToken);
        var remembered = await memory.ReadAsync(principal.Id, cancellationToken);
        var situation = prompt.Situation(turn.Item, principal) + pinned + (remembered.Length == 0 ? "" : "\nRemembered from earlier conversations:\n" + remembered);
        var fixedPart = new ContextPart("", [new(ChatRole.System, rules), new(ChatRole.System, situation)]);
        IReadOnlyList<ContextPart> current = [new("", [.. asked.Select(ConversationMessages.Person)]), .. ContextPart.OfSteps(StepText.Messages(steps))];

        var history = before.Exchanges.Select(e => new ContextPart(e.Id, [.. ConversationMessages.Of(e)])).ToList();
        var digest = Digest(before.Digest);
        var first = ContextFit.FirstKept(history, fixedPart.Tokens + digest.Sum(TokenEstimate.Of) + current.Sum(p => p.Tokens), room.Tokens);
        if (first > 0 && history.Count > 0)
        {
            digest = Digest(await DigestAsync(turn, principal, before.Digest, [.. history.Take(first)], cancellationToken));
            history = [.. history.Skip(first)];
        }

        var left = room.Tokens - fixedPart.Tokens - digest.Sum(TokenEstimate.Of);
        return [.. fixedPart.Messages, .. digest, .. ContextFit.Shorten([.. history, .. current], left).SelectMany(p => p.Messages)];
    }

    private async Task<ConversationDigest> DigestAsync(Turn turn, Principal principal, ConversationDigest? earlier, IReadOnlyList<ContextPart> older, CancellationToken cancellationToken)
    {
        var (text, model) = await digester.WriteAsync(earlier?.Text, older, new ModelPayer(principal.Id, turn.Conversation.Id, null), cancellationToken);
        var digest = new ConversationDigest(turn.Conversation.Id, older[^1].Id, text, model, time.GetUtcNow());
        await store.WriteAsync(
            session =>
            {
                if (!session.Conversations.Holds(turn.Conversation.Id, turn.Token)) return false;
                session.Conversations.SetDigest(digest);
                return true;
            },
            cancellationToken);
        return digest;
    }

    private static IReadOnlyList<ChatMessage> Digest(ConversationDigest? digest) =>
        digest is null ? [] : [new(ChatRole.User, OutsideText.Fence(DigestSource, digest.Text))];
}
