namespace ChatOps.Scheduling.Work;

/// <summary>The heartbeat: the agent looks after the tasks of HEARTBEAT.md and says only what somebody should know. Without a task or a model nobody is asked and nothing is spent.</summary>
internal sealed class HeartbeatWork(AskedTurns turns, IHeartbeat heartbeat) : IScheduledWork
{
    private const string Title = "the tasks of HEARTBEAT.md";

    public ScheduleKind Kind => ScheduleKind.Heartbeat;

    public bool CanResume => true;

    public Task<ScheduledOutcome> RunAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        var view = heartbeat.Look();
        // Whoever was asked already has the tasks of then; what matters is what came of it.
        if (!run.Again && view.WhyNot is { } why) return Task.FromResult(new ScheduledOutcome(view.Broken ? ScheduledEnd.Failed : ScheduledEnd.Quiet, $"Nobody was asked. {why}"));
        return turns.AskAsync(run, Asked(view.Tasks), Title, quiet: true, cancellationToken);
    }

    /// <summary>What the agent is asked.</summary>
    internal static string Asked(string tasks) => $"""
        Nobody wrote this: it is a look that comes by itself, in the name of the gateway's owner. Look after each of the tasks below by reading. Ask for a change only where a task says so.
        Tell people only what they should know now: something that is wrong or about to be, or what a task explicitly wants reported. That all is well is not worth a message.
        {QuietAnswer.Form}

        The tasks:
        {tasks}
        """;
}
