using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Scheduling.Engine;

/// <summary>Stops the runs of a schedule: what has not begun never begins, what waits for people is withdrawn, what runs is told to end.</summary>
internal sealed class RunStops(IApprovals approvals, TimeProvider time)
{
    /// <summary>Writes it; who runs one sees that it is to end.</summary>
    public void Write(IStoreSession session, string schedule, string reason)
    {
        var now = time.GetUtcNow();
        session.Schedules.CancelQueued(schedule, reason, now);
        session.Schedules.AskToStop(schedule);
        foreach (var run in session.Schedules.Open(schedule).Where(r => r is { State: ScheduleRunState.Waiting, WaitsFor: not null }))
        {
            Withdraw(session, run.WaitsFor!, schedule, reason);
            session.Schedules.ChangeRun(run with { State = ScheduleRunState.Cancelled, FinishedAt = now, Summary = reason, WaitsFor = null }, ScheduleRunState.Waiting, run.Holder);
        }
    }

    private void Withdraw(IStoreSession session, string id, string schedule, string reason)
    {
        var by = $"schedule {schedule}";
        session.Invocations.RequestStop(new StopRequest(id, by, time.GetUtcNow()));
        if (session.Invocations.Find(id) is { Status: InvocationStatus.Waiting, ApprovalId: { } approval }) approvals.Withdraw(session, approval, by, reason);
        if (session.Inbox.Find(id) is not { } item) return;
        if (item.State == InboxState.Working) session.PublishAfterCommit(new TurnStopAsked(id, item.ConversationId, by));
        if (item.State is InboxState.Accepted or InboxState.Suspended)
        {
            if (item.WaitsFor is { } waits && session.Invocations.Find(waits) is { Status: InvocationStatus.Waiting, ApprovalId: { } asked }) approvals.Withdraw(session, asked, by, reason);
            session.Inbox.SetState(id, InboxState.Cancelled, null, "stopped for the next run");
        }
    }
}
