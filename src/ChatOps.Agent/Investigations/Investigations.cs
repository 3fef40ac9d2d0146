using ChatOps.Agent.Models;
using ChatOps.Checks;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Investigations;

/// <summary>A finding as a message that a model answers: accepted once, in the conversation where the finding stands, answered by a turn like any other.</summary>
internal sealed class Investigations(IModels models, IInbox inbox, IStore store) : IInvestigations
{
    /// <inheritdoc/>
    public bool Possible => models.Any;

    /// <inheritdoc/>
    public async Task<string?> BeginAsync(Finding finding, RunbookState? note, string planSaid, string principal, CancellationToken cancellationToken)
    {
        var conversation = ConversationKey.Parse(finding.ConversationId);
        var (owner, group) = await store.ReadAsync(s => (s.Conversations.Find(conversation.Id)?.Owner, s.Admissions.FindGroup(conversation.Channel, conversation.Chat)), cancellationToken);
        var message = new InboundMessage($"finding:{finding.Id}", conversation, FindingService.Actor(principal), InboundKind.Text, InvestigationText.Of(finding, note, planSaid))
        {
            Owner = owner,
            Context = new InboundContext { Finding = finding.Id, Group = group?.Name },
        };
        return (await inbox.AcceptAsync(message, cancellationToken)).InboxId;
    }
}
