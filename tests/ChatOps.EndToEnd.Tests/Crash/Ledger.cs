using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.EndToEnd.Crash;

/// <summary>Reads a stopped gateway's store and proves that nothing was lost, doubled or forged.</summary>
internal static class Ledger
{
    public static async Task<IReadOnlyList<string>> CheckAsync(CrashLane lane, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddStorage(new StorageOptions { DataDirectory = lane.Data }).BuildServiceProvider();
        await services.GetRequiredService<IStoreInitializer>().InitializeAsync(cancellationToken);
        var effects = File.Exists(lane.EffectsFile) ? await File.ReadAllLinesAsync(lane.EffectsFile, cancellationToken) : [];
        return await services.GetRequiredService<IStore>().ReadAsync(session => Check(lane, session, effects).ToList(), cancellationToken);
    }

    private static IEnumerable<string> Check(CrashLane lane, IStoreSession session, string[] effects)
    {
        foreach (var message in lane.Messages)
        {
            if (session.Inbox.Find(message.InboxId!) is not { } item)
            {
                yield return $"{message.ClientId} was accepted and is gone";
                continue;
            }

            if (item.State is not (InboxState.Done or InboxState.Failed or InboxState.Cancelled)) yield return $"{message.ClientId} has no end: {item.State}";
            var answers = session.Outbox.RepliesTo(item.Id);
            // A decision beside its card is answered by the card.
            if (message.Kind != SentKind.Decision && answers.Count == 0) yield return $"{message.ClientId} ({message.Text}) has no answer";
            if (message.Kind == SentKind.Effect) foreach (var problem in CheckEffect(session, message, item, effects)) yield return problem;
        }

        foreach (var doubled in effects.GroupBy(e => e).Where(g => g.Count() > 1)) yield return $"{doubled.Key} happened {doubled.Count()} times";
        foreach (var approval in session.Approvals.List([], int.MaxValue))
        {
            if (approval.State is ApprovalState.Pending or ApprovalState.Approved or ApprovalState.Running) yield return $"approval {approval.Id} has no end: {approval.State}";
            if (session.Approvals.Votes(approval.Id).Count > 1) yield return $"approval {approval.Id} was decided more than once";
        }

        var order = lane.Messages.Where(m => m.Kind == SentKind.Effect).Select(m => m.Subject).Where(effects.Contains).ToList();
        if (order.Count == 0) yield return "no effect happened at all";
    }

    private static IEnumerable<string> CheckEffect(IStoreSession session, SentMessage message, InboxItem item, string[] effects)
    {
        if (session.Invocations.Find(item.Id + "-1") is not { } invocation)
        {
            yield return $"{message.Subject} has no invocation";
            yield break;
        }

        var happened = effects.Contains(message.Subject);
        var records = session.Audit.Query(new AuditQuery(InvocationId: invocation.Id, Limit: 100));
        var intents = records.Count(r => r.Entry.Kind == AuditKind.Intent);
        var ends = records.Count(r => r.Entry.Kind is AuditKind.Outcome or AuditKind.Refusal);
        switch (invocation.Status)
        {
            case InvocationStatus.Done when !happened:
                yield return $"{message.Subject} is said to be done and did not happen";
                break;
            case InvocationStatus.Refused when happened:
                yield return $"{message.Subject} is said to be refused and happened";
                break;
            case InvocationStatus.Running or InvocationStatus.Waiting:
                yield return $"{message.Subject} has no end: {invocation.Status}";
                break;
        }

        if (happened && intents != 1) yield return $"{message.Subject} happened with {intents} intents on record";
        if (intents > 0 && ends != 1) yield return $"{message.Subject} has {intents} intents and {ends} outcomes on record";
        if (happened && !records.Any(r => r.Entry is { Kind: AuditKind.ApprovalSettled, Outcome: "approved" })) yield return $"{message.Subject} happened without an approval on record";
    }
}
