namespace ChatOps.Checks.States;

/// <summary>What one look found on one target.</summary>
/// <param name="Target">The node, or <see cref="CheckKey.Gateway"/>.</param>
/// <param name="Level">The level it found; null when the value and the thresholds decide.</param>
/// <param name="Value">What it measured.</param>
/// <param name="Text">One sentence for people.</param>
internal sealed record Observation(string Target, CheckLevel? Level, double? Value, string Text)
{
    /// <summary>Whether it may pass by itself, so that further looks must agree; what is plainly so is believed at once.</summary>
    public bool Transient { get; init; } = true;

    /// <summary>What shows it.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>Whether the node could not be reached: that is said of the node and not of the check.</summary>
    public bool Away { get; init; }

    /// <summary>The counts that a rate is judged by from now on; null where there are none.</summary>
    public IReadOnlyList<CheckCount>? Baseline { get; init; }

    /// <summary>Plainly as it should be.</summary>
    public static Observation Ok(string target, string text, double? value = null) => new(target, value is null ? CheckLevel.Ok : null, value, text);

    /// <summary>It could not be found out.</summary>
    public static Observation Unknown(string target, string text) => new(target, CheckLevel.Unknown, null, text);
}
