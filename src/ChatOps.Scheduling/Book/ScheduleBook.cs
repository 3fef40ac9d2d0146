using ChatOps.Configuration;
using ChatOps.Scheduling.Files;
using ChatOps.Scheduling.Times;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Book;

/// <summary>Keeps the schedules in the store and says when they run next.</summary>
internal sealed class ScheduleBook(IStore store, ScheduleDraft draft, ScheduleFileProblems files, SettingsSchedules settings, TimeProvider time) : ISchedules
{
    public IReadOnlyList<ConfigurationProblem> Problems => files.All;

    public Task<IReadOnlyList<ScheduleRow>> ListAsync(CancellationToken cancellationToken) => store.ReadAsync(s => s.Schedules.All(ScheduleBounds.MaxSchedules), cancellationToken);

    public Task<ScheduleRow?> FindAsync(string name, CancellationToken cancellationToken) => store.ReadAsync(s => s.Schedules.Find(name), cancellationToken);

    public Task<ScheduleCheck> CheckAsync(ScheduleRequest request, CancellationToken cancellationToken) => store.ReadAsync(s => draft.Of(s, request, make: false), cancellationToken);

    public Task<ScheduleCheck> AddAsync(ScheduleRequest request, CancellationToken cancellationToken) => store.WriteAsync(
        session =>
        {
            var check = draft.Of(session, request, make: true);
            if (check.Schedule is null) return check;
            session.Schedules.Save(new ScheduleRow(check.Schedule, ScheduleState.Active, time.GetUtcNow(), check.Next[0].ToUniversalTime()));
            session.PublishAfterCommit(new SchedulesChanged());
            return check;
        },
        cancellationToken);

    public IReadOnlyList<DateTimeOffset> NextRuns(ScheduleRow row, int count)
    {
        if (row.State != ScheduleState.Active) return [];
        try
        {
            return ScheduleDraft.NextRuns(row.Schedule, row.CreatedAt, time.GetUtcNow(), count);
        }
        catch (FormatException)
        {
            // A zone that this system no longer knows: its state says so.
            return [];
        }
    }

    public Task<IReadOnlyList<ScheduleRunRow>> HistoryAsync(string? name, int limit, CancellationToken cancellationToken) =>
        store.ReadAsync(s => s.Schedules.History(name, Math.Clamp(limit, 1, ScheduleBounds.MaxHistory)), cancellationToken);

    public Task<bool> PauseAsync(string name, string reason, CancellationToken cancellationToken) => ChangeAsync(
        name,
        (session, row) =>
        {
            if (row is not { State: ScheduleState.Active }) return null;
            session.Schedules.CancelQueued(name, "The schedule was paused.", time.GetUtcNow());
            return row with { State = ScheduleState.Paused, Reason = reason, NextAt = null };
        },
        cancellationToken);

    public Task<bool> ResumeAsync(string name, CancellationToken cancellationToken) => ChangeAsync(
        name,
        (session, row) =>
        {
            if (row is null)
            {
                // What the settings make comes back as they have it.
                if (session.Schedules.TakeBack(name)) settings.Save(session);
                return session.Schedules.Find(name);
            }

            if (row.State != ScheduleState.Paused) return null;
            var next = WhenText.Read(row.Schedule, row.CreatedAt).Next(time.GetUtcNow());
            return row with { State = next is null ? ScheduleState.Ended : ScheduleState.Active, Reason = null, Failures = 0, NextAt = next };
        },
        cancellationToken);

    public Task<ScheduleRunRow?> RunNowAsync(string name, CancellationToken cancellationToken) => store.WriteAsync<ScheduleRunRow?>(
        session =>
        {
            if (session.Schedules.Find(name) is null) return null;
            var now = time.GetUtcNow();
            // To the millisecond, as its id has it: two in one would be one.
            var nominal = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
            var run = new ScheduleRunRow(ScheduleRunRow.IdOf(name, nominal), name, nominal, ScheduleTrigger.Asked, ScheduleRunState.Queued, nominal);
            if (!session.Schedules.AddRun(run)) return session.Schedules.FindRun(run.Id);
            session.PublishAfterCommit(new SchedulesChanged());
            return run;
        },
        cancellationToken);

    public Task<string?> RemoveAsync(string name, CancellationToken cancellationToken) => store.WriteAsync<string?>(
        session =>
        {
            if (session.Schedules.Find(name) is not { } row) return null;
            if (row.Schedule.Origin == ScheduleOrigin.File) return $"It is written in workspace/schedules/{row.Schedule.File}; remove it there, or pause it here.";
            settings.Decline(session, name);
            session.Schedules.Remove(name);
            session.Schedules.CancelQueued(name, "The schedule was removed.", time.GetUtcNow());
            session.PublishAfterCommit(new SchedulesChanged());
            return "";
        },
        cancellationToken);

    private Task<bool> ChangeAsync(string name, Func<IStoreSession, ScheduleRow?, ScheduleRow?> change, CancellationToken cancellationToken) => store.WriteAsync(
        session =>
        {
            if (change(session, session.Schedules.Find(name)) is not { } changed) return false;
            session.Schedules.Save(changed);
            session.PublishAfterCommit(new SchedulesChanged());
            return true;
        },
        cancellationToken);
}
