using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Messages;
using ChatOps.Scheduling.Times;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Engine;

/// <summary>Makes rows of the ticks that have come, by each schedule's policies on what was missed and on what is not over.</summary>
internal sealed class DueTicks(RunStops stops, IReplies replies)
{
    /// <summary>Schedules whose tick is taken in one transaction.</summary>
    private const int MaxClaimed = 500;

    /// <summary>Takes them.</summary>
    /// <returns>The schedules whose run under way is to be stopped, and whether more is due than was taken.</returns>
    public (IReadOnlyList<string> Stopped, bool More) Take(IStoreSession session, DateTimeOffset now)
    {
        var stopped = new List<string>();
        var notes = new ScheduleNotes(replies);
        var due = session.Schedules.Due(now, MaxClaimed);
        foreach (var row in due) Claim(session, row, now, notes, stopped);
        notes.Post(session);
        return (stopped, due.Count == MaxClaimed);
    }

    private void Claim(IStoreSession session, ScheduleRow row, DateTimeOffset now, ScheduleNotes notes, List<string> stopped)
    {
        ITimes times;
        try
        {
            times = WhenText.Read(row.Schedule, row.CreatedAt);
        }
        catch (FormatException e)
        {
            notes.Add(row.Schedule.ConversationId, ScheduleTexts.Unreadable(row.Schedule.Name, e.Message), Tone.Failed);
            session.Schedules.Save(row with { State = ScheduleState.Paused, Reason = e.Message, NextAt = null });
            return;
        }

        var ticks = Ticks.Since(times, row.NextAt!.Value, now);
        if (ticks.MissedCount > 0) Missed(session, row.Schedule, ticks, now, notes);
        foreach (var tick in ticks.Current) Add(session, row.Schedule, tick, now, stopped);
        session.Schedules.Save(row with { NextAt = ticks.Next, State = ticks.Next is null ? ScheduleState.Ended : row.State });
    }

    private static void Missed(IStoreSession session, Schedule schedule, Ticks ticks, DateTimeOffset now, ScheduleNotes notes)
    {
        if (schedule.CatchUp == CatchUpPolicy.Skip)
        {
            var text = ScheduleTexts.Missed(schedule.Name, ticks.MissedCount, ticks.Next);
            notes.Add(schedule.ConversationId, text, Tone.Waiting);
            session.Schedules.AddRun(Row(schedule, ticks.Missed[^1], ScheduleTrigger.CatchUp) with { State = ScheduleRunState.Skipped, FinishedAt = now, Summary = text });
            return;
        }

        var made = schedule.CatchUp == CatchUpPolicy.Last ? ticks.Missed.TakeLast(1) : ticks.Missed;
        foreach (var tick in made) session.Schedules.AddRun(Row(schedule, tick, ScheduleTrigger.CatchUp) with { NotBefore = now });
        if (schedule.CatchUp == CatchUpPolicy.All && ticks.MissedCount > ticks.Missed.Count) notes.Add(schedule.ConversationId, ScheduleTexts.MissedSome(schedule.Name, ticks.MissedCount), Tone.Waiting);
    }

    private void Add(IStoreSession session, Schedule schedule, DateTimeOffset tick, DateTimeOffset now, List<string> stopped)
    {
        var run = Row(schedule, tick, ScheduleTrigger.Tick);
        var open = session.Schedules.Open(schedule.Name);
        if (open.Count > 0 && schedule.Overlap == OverlapPolicy.Cancel)
        {
            stops.Write(session, schedule.Name, "Stopped for the next run.");
            stopped.Add(schedule.Name);
        }
        else if (open.Count > 0 && (schedule.Overlap == OverlapPolicy.Skip || open.Any(r => r.State == ScheduleRunState.Queued)))
        {
            run = run with { State = ScheduleRunState.Skipped, FinishedAt = now, Summary = schedule.Overlap == OverlapPolicy.Skip ? "The run before was not over." : "One run waited already." };
        }

        session.Schedules.AddRun(run);
    }

    private static ScheduleRunRow Row(Schedule schedule, DateTimeOffset tick, ScheduleTrigger trigger) =>
        new(ScheduleRunRow.IdOf(schedule.Name, tick), schedule.Name, tick, trigger, ScheduleRunState.Queued, tick + Jitter(schedule, tick));

    // The same for the same tick, whoever counts: two gateways must not disagree.
    private static TimeSpan Jitter(Schedule schedule, DateTimeOffset tick)
    {
        if (schedule.Jitter <= TimeSpan.Zero) return TimeSpan.Zero;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(ScheduleRunRow.IdOf(schedule.Name, tick)));
        return TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32LittleEndian(hash) % (uint)Math.Max(1, schedule.Jitter.TotalMilliseconds));
    }
}
