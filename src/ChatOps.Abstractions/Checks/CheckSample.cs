namespace ChatOps.Checks;

/// <summary>One look of a check.</summary>
/// <param name="At">When.</param>
/// <param name="Level">What it found, before retries and hysteresis.</param>
/// <param name="Value">What it measured; null where there is nothing to measure.</param>
public sealed record CheckSample(DateTimeOffset At, CheckLevel Level, double? Value);
