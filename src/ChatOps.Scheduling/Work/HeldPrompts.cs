using ChatOps.Audit;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Work;

/// <summary>
/// Prompts that a halt holds back. Whether a prompt would change something is known only when it was asked, so the first one under a halt is; when the halt refused something of it, the next ones are not
/// asked, and not told of again, until the halt is lifted.
/// </summary>
internal sealed class HeldPrompts(IStore store, IAuditLog log)
{
    private const int LooksBack = 20;
    private const int MaxRecords = 200;

    /// <summary>Why a run is not to be asked now; null when it is.</summary>
    public async Task<string?> WhyAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        var (halts, before) = await store.ReadAsync(s => (s.Halts.Open(), s.Halts.Open().Count == 0 ? null : Before(s, run)), cancellationToken);
        if (before is null) return null;
        if (halts.FirstOrDefault(h => before.Summary == Sentence(h)) is { } same) return Sentence(same);
        var records = await log.QueryAsync(new AuditQuery(before.StartedAt, before.FinishedAt, run.Principal, Limit: MaxRecords), cancellationToken);
        var refused = records.Where(r => r.Entry.ConversationId == run.ConversationId).Select(r => r.Entry.Rule).ToHashSet(StringComparer.Ordinal);
        return halts.FirstOrDefault(h => refused.Contains(h.Rule)) is { } halt ? Sentence(halt) : null;
    }

    private static ScheduleRunRow? Before(IStoreSession session, ScheduledRun run) =>
        session.Schedules.History(run.Schedule, LooksBack).FirstOrDefault(r => r.Id != run.Id && r is { IsOpen: false, State: not ScheduleRunState.Skipped, StartedAt: not null });

    private static string Sentence(Halt halt) => $"{halt}. It was refused something by that, so it is not asked again until the halt is lifted ('halt status').";
}
