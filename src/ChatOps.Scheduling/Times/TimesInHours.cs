namespace ChatOps.Scheduling.Times;

/// <summary>Of other times those that are in active hours.</summary>
internal sealed class TimesInHours(ITimes all, ActiveHours hours, WallClock clock) : ITimes
{
    /// <summary>Times outside that are passed over at once; more means that there is none inside.</summary>
    private const int MaxPassed = 20_000;

    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var at = after;
        for (var i = 0; i < MaxPassed; i++)
        {
            if (all.Next(at) is not { } next) return null;
            if (hours.Contains(TimeOnly.FromDateTime(clock.At(next)))) return next;
            at = next;
        }

        return null;
    }
}
