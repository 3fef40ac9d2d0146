namespace ChatOps.Schedules;

/// <summary>The schedules of the gateway. Whoever changes them has passed the gate before.</summary>
public interface ISchedules
{
    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<ScheduleRow>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that name.</summary>
    Task<ScheduleRow?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>What would become of a request, without any effect.</summary>
    Task<ScheduleCheck> CheckAsync(ScheduleRequest request, CancellationToken cancellationToken);

    /// <summary>Adds what was asked for; the check says what came of it.</summary>
    Task<ScheduleCheck> AddAsync(ScheduleRequest request, CancellationToken cancellationToken);

    /// <summary>Its next runs after a time, in its own zone.</summary>
    IReadOnlyList<DateTimeOffset> NextRuns(ScheduleRow row, int count);

    /// <summary>The newest runs, of one schedule or of all (null).</summary>
    Task<IReadOnlyList<ScheduleRunRow>> HistoryAsync(string? name, int limit, CancellationToken cancellationToken);

    /// <summary>Stops it from running. False when it does not run.</summary>
    Task<bool> PauseAsync(string name, string reason, CancellationToken cancellationToken);

    /// <summary>Lets it run again from its next time on; one that the settings make and that was removed comes back. False when it is neither.</summary>
    Task<bool> ResumeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Runs it now besides its times, as its owner; null when there is none.</summary>
    Task<ScheduleRunRow?> RunNowAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes it, also for the settings that would make it again; what runs is not stopped. Null when there is none; else what is left to do, or empty.</summary>
    Task<string?> RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>Problems of the files of workspace/schedules; empty when all are good.</summary>
    IReadOnlyList<Configuration.ConfigurationProblem> Problems { get; }
}
