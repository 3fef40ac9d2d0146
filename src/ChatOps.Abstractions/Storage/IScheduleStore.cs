using ChatOps.Schedules;

namespace ChatOps.Storage;

/// <summary>Schedules and their runs. A run's id is its schedule and its nominal time, and the store takes an id once: there is at most one run a tick.</summary>
public interface IScheduleStore
{
    /// <summary>All schedules, by name.</summary>
    IReadOnlyList<ScheduleRow> All(int limit);

    /// <summary>One.</summary>
    ScheduleRow? Find(string name);

    /// <summary>How many there are.</summary>
    int Count();

    /// <summary>Adds one or replaces that of the same name.</summary>
    void Save(ScheduleRow row);

    /// <summary>Removes one; its runs stay. False when there is none.</summary>
    bool Remove(string name);

    /// <summary>Remembers that somebody does not want a schedule that the settings make, and what the settings were then.</summary>
    void Decline(string name, string settings);

    /// <summary>What the settings were when a schedule was declined; null when it was not.</summary>
    string? Declined(string name);

    /// <summary>Forgets that; false when there was nothing to forget.</summary>
    bool TakeBack(string name);

    /// <summary>Active ones whose next tick is not later than a time, the earliest first.</summary>
    IReadOnlyList<ScheduleRow> Due(DateTimeOffset now, int limit);

    /// <summary>The earliest of all next ticks and of all runs that are queued and may begin; null for none.</summary>
    DateTimeOffset? NextAt();

    /// <summary>Adds a run; false when there is one of that id.</summary>
    bool AddRun(ScheduleRunRow run);

    /// <summary>One run.</summary>
    ScheduleRunRow? FindRun(string id);

    /// <summary>Changes a run when its state and holder are still these; false when they are not.</summary>
    bool ChangeRun(ScheduleRunRow run, ScheduleRunState from, string? holder);

    /// <summary>Ends the runs of a schedule that have not begun.</summary>
    void CancelQueued(string schedule, string summary, DateTimeOffset now);

    /// <summary>Asks for the runs of a schedule that have begun to be stopped.</summary>
    void AskToStop(string schedule);

    /// <summary>Schedules that have run for the last time.</summary>
    IReadOnlyList<ScheduleRow> Ended(int limit);

    /// <summary>The runs of a schedule that are not over, oldest first.</summary>
    IReadOnlyList<ScheduleRunRow> Open(string schedule);

    /// <summary>Queued runs whose time has come and whose schedule has no other run under way, oldest first.</summary>
    IReadOnlyList<ScheduleRunRow> Ready(DateTimeOffset now, int limit);

    /// <summary>Runs in a state, oldest first.</summary>
    IReadOnlyList<ScheduleRunRow> InState(ScheduleRunState state, int limit);

    /// <summary>The runs that wait for an invocation or an inbound message.</summary>
    IReadOnlyList<ScheduleRunRow> WaitingFor(string id);

    /// <summary>Says that a gateway is alive with all its runs.</summary>
    void RenewRuns(string holder, DateTimeOffset until);

    /// <summary>Runs that a gateway left whose lease has run out.</summary>
    IReadOnlyList<ScheduleRunRow> Left(DateTimeOffset now, int limit);

    /// <summary>Ends the leases of every other gateway: a process that is alone with its store knows that they are dead.</summary>
    void EndLeasesOfOthers(string holder);

    /// <summary>The newest runs, of one schedule or of all (null).</summary>
    IReadOnlyList<ScheduleRunRow> History(string? schedule, int limit);

    /// <summary>Runs that ended since a time, newest first.</summary>
    IReadOnlyList<ScheduleRunRow> EndedSince(DateTimeOffset since, int limit);

    /// <summary>Removes runs that ended before a time, a bounded number a call; returns how many.</summary>
    int PruneRuns(DateTimeOffset before);
}
