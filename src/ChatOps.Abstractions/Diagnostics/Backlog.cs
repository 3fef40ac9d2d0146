using System.Globalization;

namespace ChatOps.Diagnostics;

/// <summary>What waits in a queue of the store.</summary>
/// <param name="Count">How many entries.</param>
/// <param name="Age">For how long the oldest has been waiting; zero for an empty queue and after a clock was put back.</param>
public sealed record Backlog(long Count, TimeSpan Age)
{
    /// <summary>The same as health says it: <c>waiting</c>, and <c>oldestSeconds</c> with one digit after the point.</summary>
    public Dictionary<string, string> Facts => new()
    {
        ["waiting"] = Count.ToString(CultureInfo.InvariantCulture),
        ["oldestSeconds"] = Age.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
    };

    /// <summary>From the oldest entry's time and the number of entries.</summary>
    public static Backlog Of((DateTimeOffset? Oldest, long Count) waiting, TimeProvider time)
    {
        var age = waiting.Oldest is { } since ? time.GetUtcNow() - since : TimeSpan.Zero;
        return new(waiting.Count, age < TimeSpan.Zero ? TimeSpan.Zero : age);
    }
}
