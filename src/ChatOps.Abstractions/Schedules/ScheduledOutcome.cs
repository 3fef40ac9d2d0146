using ChatOps.Messages;

namespace ChatOps.Schedules;

/// <summary>What became of a run.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Summary">One line for the history.</param>
/// <param name="AuditId">The audit record about it; null for none.</param>
public sealed record ScheduledOutcome(ScheduledEnd End, string Summary, string? AuditId = null)
{
    /// <summary>What is posted in the run's conversation, in the same transaction as its end; null for nothing.</summary>
    public RichMessage? Say { get; init; }

    /// <summary>The invocation or the inbound message that it waits for; null unless it waits.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Whether <see cref="Say"/> is said only when the run before did not end with the same summary: what holds on is told once, and not at every tick.</summary>
    public bool SayOnce { get; init; }

    /// <summary>Whether its owner may not do this any more: the schedule is then paused.</summary>
    public bool RightsLost { get; init; }
}
