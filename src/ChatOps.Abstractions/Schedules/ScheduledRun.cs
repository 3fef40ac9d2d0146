namespace ChatOps.Schedules;

/// <summary>One run that is due.</summary>
/// <param name="Id">The run's id: schedule and nominal time.</param>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Nominal">The tick that it is for, in UTC.</param>
/// <param name="Principal">The owner's name: it runs with the rights that the owner has now.</param>
/// <param name="Text">The command, the prompt, or the name of a check set or a report.</param>
/// <param name="ConversationId">Where its answer and its approvals go; null for nowhere.</param>
public sealed record ScheduledRun(string Id, string Schedule, DateTimeOffset Nominal, string Principal, string Text, string? ConversationId)
{
    /// <summary>Which try it is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Whether the work was asked before about this try: it waited, or the gateway stopped. What was begun then must not begin again.</summary>
    public bool Again { get; init; }
}
