using System.Collections.Concurrent;
using ChatOps.Audit;
using ChatOps.Identity.Files;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Identity.Pairing;

/// <summary>The door: strangers get one code, groups one hint a day, and nothing of theirs is processed.</summary>
internal sealed class Admission(
    IStore store, IAuthorizer authorizer, IAuditWriter audit, Pairings pairings, PairingCards cards, AnsweredToday answered, TimeProvider time) : IAdmission
{
    // Somebody who speaks in two places at once is not written down with every message.
    private static readonly TimeSpan PlaceInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string Conversation, DateTimeOffset At)> places = new(StringComparer.Ordinal);

    public async Task<RichMessage?> WhyNotHereAsync(InboxItem item, CancellationToken cancellationToken)
    {
        if (item.Context.Group is not { } name) return null;
        var conversation = ConversationKey.Parse(item.ConversationId);
        var (channel, chat) = (conversation.Channel, conversation.Chat);
        if (await store.ReadAsync(session => session.Admissions.FindGroup(channel, chat), cancellationToken) is { Admitted: true }) return null;
        return await store.WriteAsync(
            session =>
            {
                var now = time.GetUtcNow();
                var group = session.Admissions.FindGroup(channel, chat);
                if (group is { Admitted: true }) return null;
                if (group is { } known && now - known.At < PairingBounds.GroupAnswerInterval) return PairingTexts.Silence;
                if (group is null && session.Admissions.Groups(int.MaxValue).Count(g => !g.Admitted) >= PairingBounds.MaxUnadmittedGroups) return PairingTexts.Silence;
                session.Admissions.SetGroup(new GroupRow(channel, chat, name, Admitted: false, null, now));
                return PairingTexts.GroupClosed(channel, chat);
            },
            cancellationToken);
    }

    public Task<RichMessage> GreetAsync(InboxItem item, CancellationToken cancellationToken)
    {
        if (AccessText.Identity(item.Actor.Key) is not null) return Task.FromResult(Once(item.Actor, PairingTexts.Unpairable(item.Actor)));
        return store.WriteAsync(session => Greet(session, item), cancellationToken);
    }

    public async Task SeenAsync(Principal principal, InboxItem item, CancellationToken cancellationToken)
    {
        if (item.Context.Group is not null) return;
        var now = time.GetUtcNow();
        if (places.TryGetValue(principal.Id, out var place) && (place.Conversation == item.ConversationId || now - place.At < PlaceInterval)) return;
        if (!authorizer.CouldUse(principal, PairingBounds.Tool, PairingBounds.ToolGroup)) return;
        await store.WriteAsync(
            session =>
            {
                session.Admissions.SetPlace(principal.Id, item.ConversationId, now);
                return true;
            },
            cancellationToken);
        places[principal.Id] = (item.ConversationId, now);
    }

    private RichMessage Greet(IStoreSession session, InboxItem item)
    {
        var now = time.GetUtcNow();
        if (session.Admissions.FindPairing(item.Actor, now) is { } asked)
            return asked is { Denied: false } && asked.InboxId == item.Id ? PairingTexts.Code(asked) : PairingTexts.Silence;
        var pending = session.Admissions.Pairings(now, PairingBounds.MaxPendingOverall);
        var here = pending.Count(p => p.Actor.Channel == item.Actor.Channel && p.Actor.Tenant == item.Actor.Tenant);
        if (here >= PairingBounds.MaxPending || pending.Count >= PairingBounds.MaxPendingOverall) return Once(item.Actor, PairingTexts.Crowded);
        var row = new PairingRow(NewCode(session, now), item.Actor, item.ConversationId, item.Id, now, now + PairingBounds.CodeLifetime);
        row = row with { Cards = cards.Post(session, row, pairings.NameFor(row), item.Context.Group) };
        session.Admissions.SetPairing(row);
        audit.Append(session, new AuditEntry(AuditKind.Access, $"A stranger asked to be let in: {item.Actor.Key}")
        {
            ActorKey = item.Actor.Key,
            ConversationId = item.ConversationId,
            Outcome = "waiting",
        });
        return PairingTexts.Code(row);
    }

    private RichMessage Once(Actor actor, RichMessage answer) => answered.IsFirstToday(actor) ? answer : PairingTexts.Silence;

    private static string NewCode(IStoreSession session, DateTimeOffset now)
    {
        while (true)
        {
            var code = PairingCode.New();
            if (session.Admissions.FindPairing(code, now) is null) return code;
        }
    }
}
