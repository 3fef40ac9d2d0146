namespace ChatOps.Schedules;

/// <summary>The bounds of schedules.</summary>
public static class ScheduleBounds
{
    /// <summary>Most schedules of a store.</summary>
    public const int MaxSchedules = 20_000;

    /// <summary>Longest name.</summary>
    public const int MaxName = 48;

    /// <summary>Longest command or prompt.</summary>
    public const int MaxText = 4000;

    /// <summary>Most tries after a failure.</summary>
    public const int MaxRetries = 10;

    /// <summary>Most missed ticks that are run.</summary>
    public const int MaxCatchUp = 100;

    /// <summary>Failures in a row after which somebody is told.</summary>
    public const int FailuresUntilNotice = 2;

    /// <summary>Failures in a row after which a schedule is paused.</summary>
    public const int FailuresUntilPause = 10;

    /// <summary>Most runs that a history shows.</summary>
    public const int MaxHistory = 200;

    /// <summary>How many runs are shown when one is added.</summary>
    public const int ShownRuns = 5;

    /// <summary>How long a run may take when it does not say.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromHours(1);

    /// <summary>Between a failure and the next try when it does not say.</summary>
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromMinutes(1);

    /// <summary>Longest time between two tries.</summary>
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromHours(6);

    /// <summary>Shortest interval of <c>--every</c>.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(10);

    /// <summary>Longest interval of <c>--every</c>.</summary>
    public static readonly TimeSpan MaxInterval = TimeSpan.FromDays(366);

    /// <summary>Longest jitter.</summary>
    public static readonly TimeSpan MaxJitter = TimeSpan.FromHours(12);

    /// <summary>Longest time that a run may take.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(1);

    /// <summary>A tick that is found later than this was missed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>How long a schedule is shown after it has run for the last time.</summary>
    public static readonly TimeSpan KeepEnded = TimeSpan.FromDays(7);

    /// <summary>How long ended runs are kept.</summary>
    public static readonly TimeSpan KeepRuns = TimeSpan.FromDays(90);
}
