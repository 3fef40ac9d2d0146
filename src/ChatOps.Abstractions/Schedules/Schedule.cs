namespace ChatOps.Schedules;

/// <summary>What is run when, as whom, and where its answer goes.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Text">The command, the prompt, or the name of a check set or a report.</param>
/// <param name="When">Its times: <c>cron 0 9 * * 1-5</c>, <c>every 15m</c> or <c>at 2026-12-01T09:00</c>.</param>
/// <param name="Zone">The time zone of its times, as the tz database names it.</param>
/// <param name="Owner">The principal it runs as.</param>
/// <param name="ConversationId">Where its answers and approvals go; null for nowhere.</param>
public sealed record Schedule(string Name, ScheduleKind Kind, string Text, string When, string Zone, string Owner, string? ConversationId)
{
    /// <summary>Where it is defined.</summary>
    public ScheduleOrigin Origin { get; init; }

    /// <summary>The file it is defined in, without its directory; null for none.</summary>
    public string? File { get; init; }

    /// <summary>What happens when the run before is not over.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>What happens to missed ticks.</summary>
    public CatchUpPolicy CatchUp { get; init; }

    /// <summary>A run begins up to so much later than its time, always the same for the same tick.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>How long a run may take.</summary>
    public TimeSpan Timeout { get; init; } = ScheduleBounds.DefaultTimeout;

    /// <summary>How often a failed run is tried again.</summary>
    public int Retries { get; init; }

    /// <summary>Between a failure and the first new try; doubled each time.</summary>
    public TimeSpan RetryDelay { get; init; } = ScheduleBounds.DefaultRetryDelay;

    /// <summary>Only between these times of the day in its zone, such as <c>08:00-22:00</c>; null for always.</summary>
    public string? ActiveHours { get; init; }
}
