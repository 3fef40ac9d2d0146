using System.Globalization;
using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Scheduling;
using ChatOps.Schedules;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Host.Backups;

/// <summary>
/// What a restored store must not do: ask again, run again, send again. The gateway that was lost went on after the backup; nobody knows what it did, so what was under way is ended here.
/// </summary>
internal sealed class RestoredState(IAuditWriter audit, TimeProvider time)
{
    private const string Why = "The gateway was restored from a backup.";

    /// <summary>Ends what was under way, in the caller's transaction, with its audit records.</summary>
    /// <returns>How many of what.</returns>
    public IReadOnlyDictionary<string, int> Settle(IStoreSession session, BackupManifest manifest)
    {
        var now = time.GetUtcNow();
        var settled = new SortedDictionary<string, int>(StringComparer.Ordinal);
        settled["invocations of unknown end"] = EndInvocations(session, now);
        settled["approvals"] = EndApprovals(session, now);
        settled["schedules"] = MoveSchedules(session, now);
        foreach (var (what, count) in StorageRegistration.SettleRestored(session, now)) settled[what] = count;
        audit.Append(session, new AuditEntry(AuditKind.System, $"Restored from a backup of {manifest.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; what was under way then was ended.")
        {
            Outcome = "done",
            Rule = "restore",
            Detail = new Dictionary<string, string>(settled.Select(s => KeyValuePair.Create(s.Key, s.Value.ToString(CultureInfo.InvariantCulture))))
            {
                ["backup"] = manifest.Epoch, ["made by"] = manifest.Version,
            },
        });
        return settled;
    }

    // Before the approvals: whether one was given decides what may have happened.
    private int EndInvocations(IStoreSession session, DateTimeOffset now)
    {
        var unknown = 0;
        foreach (var row in session.Invocations.InStatus(InvocationStatus.Running, int.MaxValue))
        {
            End(session, row, InvocationStatus.Unknown, "It ran when the backup was made. Whether it finished is not known, and it is not repeated: look at the node, then decide.", FailureCode.Interrupted, now);
            unknown++;
        }

        foreach (var row in session.Invocations.InStatus(InvocationStatus.Waiting, int.MaxValue))
        {
            if (row.ApprovalId is { } id && session.Approvals.Find(id) is { State: ApprovalState.Approved or ApprovalState.Running })
            {
                End(session, row, InvocationStatus.Unknown, "It was approved when the backup was made. Whether it ran is not known, and it is not repeated: look at the node, then decide.", FailureCode.Interrupted, now);
                unknown++;
            }
            else
            {
                End(session, row, InvocationStatus.Refused, "It still waited for an approval when the backup was made, and does so no longer: ask again.", FailureCode.ApprovalExpired, now);
            }
        }

        return unknown;
    }

    private void End(IStoreSession session, InvocationRow row, InvocationStatus status, string why, FailureCode failure, DateTimeOffset now)
    {
        var outcome = new InvocationOutcome(row.Id, status, $"{Why} {why}", ApprovalId: row.ApprovalId, Failure: failure);
        var auditId = audit.Append(session, new AuditEntry(AuditKind.Outcome, outcome.Summary)
        {
            Principal = row.Principal, ActorKey = row.ActorKey, ConversationId = row.ConversationId, InvocationId = row.Id, ApprovalId = row.ApprovalId, Tool = row.Tool, Nodes = row.Targets,
            Rule = "restore",
            Outcome = status == InvocationStatus.Unknown ? "unknown" : "refused",
            Detail = new Dictionary<string, string> { ["intent"] = row.IntentAuditId ?? "" },
        });
        session.Invocations.CompareAndSet(row.Id, row.Status, status, null, row.ApprovalId, null, Json.Write(outcome with { AuditId = auditId }), now);
    }

    private int EndApprovals(IStoreSession session, DateTimeOffset now)
    {
        var open = session.Approvals.List([ApprovalState.Pending, ApprovalState.Approved, ApprovalState.Running], int.MaxValue);
        foreach (var row in open)
        {
            var to = row.State == ApprovalState.Pending ? ApprovalState.Expired : ApprovalState.Unknown;
            session.Approvals.CompareAndSet(row.Id, row.Revision, row.State, to, now, "gateway", Why, null);
            audit.Append(session, new AuditEntry(AuditKind.ApprovalSettled, Why)
            {
                ApprovalId = row.Id, InvocationId = row.InvocationId, Rule = "restore", Outcome = to == ApprovalState.Expired ? "expired" : "unknown",
            });
        }

        return open.Count;
    }

    // No tick between the backup and now is made up for, whatever the schedule says about missed ones.
    private static int MoveSchedules(IStoreSession session, DateTimeOffset now)
    {
        var moved = 0;
        foreach (var row in session.Schedules.All(int.MaxValue).Where(r => r.NextAt <= now))
        {
            session.Schedules.Save(Moved(row, now));
            moved++;
        }

        return moved;
    }

    private static ScheduleRow Moved(ScheduleRow row, DateTimeOffset now)
    {
        try
        {
            var next = SchedulingRegistration.NextTime(row, now);
            return row with { NextAt = next, State = next is null ? ScheduleState.Ended : row.State };
        }
        catch (FormatException e)
        {
            return row with { NextAt = null, State = ScheduleState.Paused, Reason = e.Message };
        }
    }
}
