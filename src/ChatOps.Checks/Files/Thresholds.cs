namespace ChatOps.Checks.Files;

/// <summary>When a value is bad.</summary>
/// <param name="Warn">From here it warns; null never.</param>
/// <param name="Critical">From here it is critical; null never.</param>
/// <param name="Below">Whether low values are the bad ones.</param>
/// <param name="Hysteresis">How much better than a threshold a value must be to leave its level.</param>
internal sealed record Thresholds(double? Warn, double? Critical, bool Below, double Hysteresis)
{
    /// <summary>No value is bad.</summary>
    public static readonly Thresholds None = new(null, null, false, 0);

    /// <summary>The level of a value, where the level now matters for the way back.</summary>
    public CheckLevel LevelOf(double value, CheckLevel now)
    {
        if (Beyond(value, Critical, now == CheckLevel.Critical)) return CheckLevel.Critical;
        return Beyond(value, Warn, now is CheckLevel.Warning or CheckLevel.Critical) ? CheckLevel.Warning : CheckLevel.Ok;
    }

    private bool Beyond(double value, double? threshold, bool held)
    {
        if (threshold is not { } limit) return false;
        var slack = held ? Hysteresis : 0;
        if (Below) return held && slack > 0 ? value < limit + slack : value <= limit;
        return held && slack > 0 ? value > limit - slack : value >= limit;
    }
}
