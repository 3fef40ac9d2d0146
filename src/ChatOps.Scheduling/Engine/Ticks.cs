using ChatOps.Scheduling.Times;

namespace ChatOps.Scheduling.Engine;

/// <summary>The ticks of a schedule that have come since it was looked at last. Pure.</summary>
/// <param name="Missed">Those that are too old to count as on time, oldest first; the newest of them when there are too many.</param>
/// <param name="MissedCount">How many were missed.</param>
/// <param name="Current">Those that are on time, oldest first.</param>
/// <param name="Next">The next one; null when there is none any more.</param>
internal sealed record Ticks(IReadOnlyList<DateTimeOffset> Missed, int MissedCount, IReadOnlyList<DateTimeOffset> Current, DateTimeOffset? Next)
{
    /// <summary>How many missed ticks are counted; more are "more than".</summary>
    public const int MaxCounted = 10_000;

    /// <summary>Looks them up.</summary>
    public static Ticks Since(ITimes times, DateTimeOffset first, DateTimeOffset now)
    {
        var missed = new List<DateTimeOffset>();
        var current = new List<DateTimeOffset>();
        var count = 0;
        DateTimeOffset? at = first;
        while (at is { } tick && tick <= now)
        {
            if (now - tick > ScheduleBounds.Grace)
            {
                missed.Add(tick);
                if (++count > MaxCounted)
                {
                    missed = Newest(times, now - ScheduleBounds.Grace);
                    at = times.Next(missed[^1]);
                    continue;
                }
            }
            else
            {
                current.Add(tick);
            }

            at = times.Next(tick);
        }

        return new Ticks([.. missed.TakeLast(ScheduleBounds.MaxCatchUp)], count, current, at);
    }

    // There are many before that moment; the newest of them are looked for further and further back.
    private static List<DateTimeOffset> Newest(ITimes times, DateTimeOffset before)
    {
        for (var back = TimeSpan.FromMinutes(1); ; back *= 2)
        {
            var found = new List<DateTimeOffset>();
            for (var at = times.Next(before - back); at is { } tick && tick < before; at = times.Next(tick)) found.Add(tick);
            if (found.Count >= ScheduleBounds.MaxCatchUp) return found;
        }
    }
}
