namespace ChatOps.Schedules;

/// <summary>
/// Does the work of one kind of schedule. A run is given out at most once a tick. What it is to say goes into the outcome, so that it is said once.
/// </summary>
public interface IScheduledWork
{
    /// <summary>The kind.</summary>
    ScheduleKind Kind { get; }

    /// <summary>
    /// Whether it can be asked again about a run that it was asked about before (<see cref="ScheduledRun.Again"/>) without doing anything twice. When it cannot, a run that a
    /// stopped gateway left is recorded as unknown.
    /// </summary>
    bool CanResume => false;

    /// <summary>What is wrong with the text of a schedule of this kind for its owner, for people; null when it is good.</summary>
    string? WhyNot(string text, Identity.Principal owner) => null;

    /// <summary>Runs. Expected failures are values; on cancellation it stops what it started.</summary>
    Task<ScheduledOutcome> RunAsync(ScheduledRun run, CancellationToken cancellationToken);
}
