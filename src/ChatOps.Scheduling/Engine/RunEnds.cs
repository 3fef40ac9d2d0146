using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Engine;

/// <summary>Writes what became of a run, and what follows for its schedule: a new try, a notice, a pause. What is said is posted in the same transaction.</summary>
internal sealed class RunEnds(IReplies replies, TimeProvider time)
{
    /// <summary>Runs among which the one before is looked for; skipped ones lie between.</summary>
    private const int LooksBack = 20;

    /// <summary>Writes it.</summary>
    /// <returns>False when the run is not this holder's any more; nothing is written then.</returns>
    public bool Write(IStoreSession session, ScheduleRunRow run, ScheduledOutcome outcome)
    {
        var now = time.GetUtcNow();
        var row = session.Schedules.Find(run.Schedule);
        var ended = run with { Summary = ScheduleTexts.Short(outcome.Summary), AuditId = outcome.AuditId ?? run.AuditId, Holder = null, LeaseUntil = null, WaitsFor = null };
        ended = outcome.End switch
        {
            ScheduledEnd.Waiting => ended with { State = ScheduleRunState.Waiting, WaitsFor = outcome.WaitsFor ?? throw new InvalidOperationException("A run that waits must say for what.") },
            ScheduledEnd.Failed when row is not null && run.Attempt <= row.Schedule.Retries => ended with { State = ScheduleRunState.Queued, NotBefore = now + Delay(row.Schedule, run.Attempt) },
            _ => ended with { State = StateOf(outcome.End), FinishedAt = now },
        };
        if (!session.Schedules.ChangeRun(ended, run.State, run.Holder)) return false;
        var notes = new ScheduleNotes(replies);
        var conversation = row?.Schedule.ConversationId;
        if (outcome.Say is { Blocks.Count: > 0 } say && conversation is not null && !(outcome.SayOnce && IsRepeated(session, ended))) replies.Post(session, ConversationKey.Parse(conversation), say, ReplyPriority.Result, null);
        if (outcome.End == ScheduledEnd.Unknown) notes.Add(conversation, ScheduleTexts.Unknown(run.Schedule, run.Nominal, outcome.Summary), Tone.Unknown);
        if (row is not null && !ended.IsOpen && Follow(row, outcome, notes) is { } changed) session.Schedules.Save(changed);
        notes.Post(session);
        session.PublishAfterCommit(new SchedulesChanged());
        return true;
    }

    private static bool IsRepeated(IStoreSession session, ScheduleRunRow ended) =>
        session.Schedules.History(ended.Schedule, LooksBack).FirstOrDefault(r => r.Id != ended.Id && r is { IsOpen: false, State: not ScheduleRunState.Skipped }) is { } before && before.State == ended.State && before.Summary == ended.Summary;

    private static ScheduleRow? Follow(ScheduleRow row, ScheduledOutcome outcome, ScheduleNotes notes)
    {
        var (name, conversation) = (row.Schedule.Name, row.Schedule.ConversationId);
        if (outcome.RightsLost)
        {
            notes.Add(conversation, ScheduleTexts.RightsLost(name, row.Schedule.Owner, outcome.Summary), Tone.Refused);
            return Pause(row, $"{row.Schedule.Owner} may not do this any more: {ScheduleTexts.Short(outcome.Summary)}");
        }

        if (outcome.End is ScheduledEnd.Done or ScheduledEnd.Quiet) return row.Failures == 0 ? null : row with { Failures = 0 };
        if (outcome.End != ScheduledEnd.Failed) return null;
        var failures = row.Failures + 1;
        if (failures == ScheduleBounds.FailuresUntilNotice) notes.Add(conversation, ScheduleTexts.FailedTwice(name, outcome.Summary), Tone.Failed);
        if (failures < ScheduleBounds.FailuresUntilPause) return row with { Failures = failures };
        notes.Add(conversation, ScheduleTexts.PausedAfterFailures(name), Tone.Failed);
        return Pause(row with { Failures = failures }, $"It failed {failures} times in a row.");
    }

    private static ScheduleRow Pause(ScheduleRow row, string reason) => row.State == ScheduleState.Ended ? row : row with { State = ScheduleState.Paused, Reason = reason, NextAt = null };

    private static TimeSpan Delay(Schedule schedule, int attempt)
    {
        var delay = schedule.RetryDelay * Math.Pow(2, attempt - 1);
        return delay < ScheduleBounds.MaxRetryDelay ? delay : ScheduleBounds.MaxRetryDelay;
    }

    private static ScheduleRunState StateOf(ScheduledEnd end) => end switch
    {
        ScheduledEnd.Done => ScheduleRunState.Done,
        ScheduledEnd.Quiet => ScheduleRunState.Quiet,
        ScheduledEnd.Failed => ScheduleRunState.Failed,
        ScheduledEnd.Refused => ScheduleRunState.Refused,
        _ => ScheduleRunState.Unknown,
    };
}
