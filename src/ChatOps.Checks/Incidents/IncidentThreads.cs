using ChatOps.Checks.Findings;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Checks.Incidents;

/// <summary>
/// Moves an incident into the thread that its first finding's message opened, once that message is out: from then on everything about it is said there, and what is written there belongs to it. Where no
/// thread came to be, it stays where it was told.
/// </summary>
internal sealed class IncidentThreads(IStore store, IOwner owner, IReplies replies, TimeProvider time)
{
    /// <summary>How long what is to be done about a finding waits for the thread: longer, and it is done where the finding was told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Moves the incidents whose threads are there, and gives up those that will have none.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var open = await store.ReadAsync(s => s.Incidents.Open().Where(i => i.ThreadFrom is not null && IsKnown(s, i)).ToList(), cancellationToken);
        foreach (var incident in open) await store.WriteAsync(session => Settle(session, incident.Id), cancellationToken);
    }

    /// <summary>Whether what is to be done about a finding waits for a thread.</summary>
    public static bool IsAwaited(IStoreSession session, Finding finding, DateTimeOffset now) =>
        now - finding.OpenedAt < Patience && session.Incidents.Open().Any(i => i.ThreadFrom is not null && i.Findings.Contains(finding.Id));

    private static bool IsKnown(IStoreSession session, Incident incident) => session.Outbox.FindMessage(incident.ThreadFrom!) is not { Thread: null };

    private bool Settle(IStoreSession session, string id)
    {
        if (session.Incidents.Find(id) is not { ThreadFrom: { } message, ResolvedAt: null } incident || !IsKnown(session, incident)) return false;
        if (session.Outbox.FindMessage(message)?.Thread is not { Length: > 0 } thread)
        {
            session.Incidents.Set(incident with { ThreadFrom = null });
            return true;
        }

        var key = ConversationKey.Parse(thread);
        if (Places.IsConsole(key)) session.Conversations.Touch(key.Id, owner.PrincipalId, IncidentTexts.ThreadTitle(incident), time.GetUtcNow());
        session.Incidents.Set(incident with { ThreadFrom = null, ToldIn = incident.ConversationId, ConversationId = thread });
        foreach (var finding in incident.Findings.Select(session.Checks.Finding).OfType<Finding>()) session.Checks.SetFinding(finding with { ConversationId = thread });
        replies.Post(session, key, IncidentTexts.Begins(incident), ReplyPriority.Result, null);
        return true;
    }
}
