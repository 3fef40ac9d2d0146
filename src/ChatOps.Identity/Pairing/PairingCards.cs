using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Identity.Pairing;

/// <summary>
/// Asks admins. Who may let people in is asked where they were last in private: in the conversation noted by <see cref="IAdmission.SeenAsync"/>, else in their newest
/// conversation of the web console. Somebody who has neither finds the request on the console's page and in <c>access pair list</c>.
/// </summary>
internal sealed class PairingCards(IReplies replies, IPrincipals principals, IAuthorizer authorizer, IIdGenerator ids, TimeProvider time)
{
    private const string Web = "web";

    /// <summary>Posts the cards; returns their messages.</summary>
    public IReadOnlyList<string> Post(IStoreSession session, PairingRow row, string person, string? group)
    {
        var roles = authorizer.Roles().Select(r => r.Name).ToList();
        return [.. Places(session).Select(place => replies.Post(
            session, ConversationKey.Parse(place), PairingTexts.Card(row, person, group, command => Store(session, place, command), roles), ReplyPriority.Approval, null))];
    }

    /// <summary>Says on every card what became of it.</summary>
    public void Settle(IStoreSession session, PairingRow row, string how, Tone tone)
    {
        foreach (var card in row.Cards.Where(c => session.Outbox.Address(c) is not null)) replies.Edit(session, card, PairingTexts.Settled(row, how, tone), ReplyPriority.Approval);
    }

    /// <summary>Tells the person, where they asked; others need not see it.</summary>
    public void Welcome(IStoreSession session, PairingRow row, string person, string role, bool privately) => replies.Post(
        session, ConversationKey.Parse(row.ConversationId), PairingTexts.Welcome(person, role), ReplyPriority.Result, row.InboxId, privately ? row.Actor.UserId : null);

    private IEnumerable<string> Places(IStoreSession session) => principals.All()
        .Where(p => authorizer.CouldUse(p, PairingBounds.Tool, PairingBounds.ToolGroup))
        .Select(p => session.Admissions.PlaceOf(p.Id) ?? (session.Conversations.List(Web, p.Id, 1) is [var newest] ? newest.Id : null))
        .OfType<string>().Distinct().Take(PairingBounds.MaxAsked).ToList();

    private string Store(IStoreSession session, string conversation, string command)
    {
        var token = ids.NewActionToken();
        session.Approvals.AddAction(new StoredAction(token, command, conversation, time.GetUtcNow()));
        return token;
    }
}
