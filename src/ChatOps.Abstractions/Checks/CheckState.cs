namespace ChatOps.Checks;

/// <summary>Where one check on one target stands.</summary>
public sealed record CheckState
{
    /// <summary>Samples that are kept, for the sparkline.</summary>
    public const int MaxHistory = 60;

    /// <summary>Which check, where.</summary>
    public required CheckKey Key { get; init; }

    /// <summary>What it looks at: <c>http</c>, <c>disk</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>What holds: confirmed by retries and hysteresis.</summary>
    public CheckLevel Level { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>What people were told last; differs from <see cref="Level"/> while it is not yet said or must not be.</summary>
    public CheckLevel Told { get; init; }

    /// <summary>When it was looked at last.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>What was measured last.</summary>
    public double? Value { get; init; }

    /// <summary>The unit of values: <c>%</c>, <c>ms</c>, <c>days</c>; empty for none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What was found last, one sentence for people.</summary>
    public string Text { get; init; } = "";

    /// <summary>What shows it: lines of output, a status line. Redacted.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>The level of the latest looks, when it is not confirmed yet.</summary>
    public CheckLevel Candidate { get; init; }

    /// <summary>How many looks in a row found <see cref="Candidate"/> or worse (better, on the way back).</summary>
    public int Looks { get; init; }

    /// <summary>Why nothing is said of it now: a silence, a maintenance window, a failing dependency. Null when changes are said.</summary>
    public string? Muted { get; init; }

    /// <summary>The open finding; null when there is none.</summary>
    public string? Finding { get; init; }

    /// <summary>The newest samples, oldest first.</summary>
    public IReadOnlyList<CheckSample> History { get; init; } = [];

    /// <summary>Counts in periods of time, oldest first: the baseline of a rate. Empty for kinds without one.</summary>
    public IReadOnlyList<CheckCount> Baseline { get; init; } = [];

    /// <summary>Whether it is neither well nor still to be looked at.</summary>
    public bool IsBad => Level is CheckLevel.Warning or CheckLevel.Unknown or CheckLevel.Critical;
}
