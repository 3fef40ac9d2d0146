namespace ChatOps.Schedules;

/// <summary>A schedule as somebody asks for it; nothing is checked yet.</summary>
/// <param name="Owner">The principal who asks, and as whom it runs.</param>
/// <param name="Text">The command, the prompt, or a name.</param>
public sealed record ScheduleRequest(string Owner, string Text)
{
    /// <summary>Its name; null to make one from the text.</summary>
    public string? Name { get; init; }

    /// <summary>Its kind; null to tell it from the text.</summary>
    public ScheduleKind? Kind { get; init; }

    /// <summary>A cron expression or a word such as <c>@daily</c>.</summary>
    public string? Cron { get; init; }

    /// <summary>An interval.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>One time: <c>2026-12-01 09:00</c>, <c>09:00</c> or with an offset.</summary>
    public string? At { get; init; }

    /// <summary>The time zone; null for that of the gateway.</summary>
    public string? Zone { get; init; }

    /// <summary>Where it answers: <c>slack:#ops</c>; null for <see cref="Here"/>.</summary>
    public string? To { get; init; }

    /// <summary>The conversation in which it is asked for; null outside of one.</summary>
    public string? Here { get; init; }

    /// <summary>What happens when the run before is not over.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>What happens to missed ticks.</summary>
    public CatchUpPolicy CatchUp { get; init; }

    /// <summary>See <see cref="Schedule.Jitter"/>.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>See <see cref="Schedule.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>See <see cref="Schedule.ActiveHours"/>.</summary>
    public string? ActiveHours { get; init; }

    /// <summary>See <see cref="Schedule.Retries"/>.</summary>
    public int Retries { get; init; }

    /// <summary>See <see cref="Schedule.RetryDelay"/>.</summary>
    public TimeSpan? RetryDelay { get; init; }
}
