namespace ChatOps.Scheduling;

/// <summary><c>Heartbeat</c>: the tasks of HEARTBEAT.md, looked after now and then.</summary>
public sealed class HeartbeatOptions
{
    /// <summary>The range of <see cref="Interval"/>.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) IntervalRange = (TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));

    /// <summary>Whether there is one. Default true; without a model or a task it costs nothing.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How often: 5m to 7d, default 30m.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Where it speaks when there is something to say: <c>slack:#ops</c>; null for a conversation of its own in the owner's console.</summary>
    public string? Target { get; set; }

    /// <summary>The part of the day in which it works, such as <c>08:00-22:00</c>; null for always.</summary>
    public string? ActiveHours { get; set; }

    /// <summary>What is wrong with hours; null when nothing is.</summary>
    public static string? CheckHours(string value) => Times.ActiveHours.TryRead(value, out _) ? null : "must be hours such as 08:00-22:00 (the end is not in them; over midnight: 22:00-06:00).";
}
