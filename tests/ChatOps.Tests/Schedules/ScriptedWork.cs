using System.Collections.Concurrent;
using ChatOps.Schedules;

namespace ChatOps.Tests.Schedules;

/// <summary>Work whose runs a test writes. Several engines may share it, as several gateways share what they act on.</summary>
internal sealed class ScriptedWork(ScheduleKind kind = ScheduleKind.Command) : IScheduledWork
{
    public ScheduleKind Kind => kind;

    public bool CanResume { get; set; } = true;

    /// <summary>What a run does; by default it is done at once.</summary>
    public Func<ScheduledRun, CancellationToken, Task<ScheduledOutcome>> Script { get; set; } = (_, _) => Task.FromResult(new ScheduledOutcome(ScheduledEnd.Done, "done"));

    /// <summary>Every run that was asked for, in order.</summary>
    public ConcurrentQueue<ScheduledRun> Asked { get; } = new();

    public Task<ScheduledOutcome> RunAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        Asked.Enqueue(run);
        return Script(run, cancellationToken);
    }
}
