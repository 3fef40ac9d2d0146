namespace ChatOps.Schedules;

/// <summary>The heartbeat as it is set up.</summary>
/// <param name="Enabled">Whether the settings want it.</param>
/// <param name="File">Where its tasks are written.</param>
/// <param name="Tasks">What is written there without headings and comments; empty when there is nothing to do.</param>
/// <param name="WhyNot">Why it cannot do anything now, for people; null when it can.</param>
public sealed record HeartbeatView(bool Enabled, string File, string Tasks, string? WhyNot)
{
    /// <summary>Whether it is something wrong that keeps it from its tasks, and not that there is nothing to do.</summary>
    public bool Broken { get; init; }
}
