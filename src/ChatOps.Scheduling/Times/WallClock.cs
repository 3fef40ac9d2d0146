namespace ChatOps.Scheduling.Times;

/// <summary>The wall clock of a zone: which time it shows when, and when it is set.</summary>
internal sealed class WallClock(TimeZoneInfo zone)
{
    /// <summary>No zone's clock is ever set by more, and none is further from UTC.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(40);

    /// <summary>What it shows at a moment.</summary>
    public DateTime At(DateTimeOffset moment) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(moment, zone).DateTime, DateTimeKind.Unspecified);

    /// <summary>How far it is from UTC at a moment.</summary>
    public TimeSpan OffsetAt(DateTimeOffset moment) => zone.GetUtcOffset(moment);

    /// <summary>The first moment at which it shows a time; for one that it leaves out, the moment at which it is set.</summary>
    public DateTimeOffset FirstOf(DateTime wall)
    {
        if (zone.IsAmbiguousTime(wall))
        {
            var first = new DateTimeOffset(wall, zone.GetAmbiguousTimeOffsets(wall).Max());
            return first.ToUniversalTime();
        }

        var at = new DateTimeOffset(wall.Ticks, TimeSpan.Zero) - zone.GetUtcOffset(wall);
        return At(at) == wall ? at : Reached(wall, at);
    }

    /// <summary>The first moment after <paramref name="from"/> up to <paramref name="to"/> at which its distance from UTC is another; null when it stays.</summary>
    public DateTimeOffset? ChangeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        // Nothing changes twice within hours; what is further apart is looked at in pieces.
        for (var low = from; low < to;)
        {
            var high = to - low > Furthest ? low + Furthest : to;
            if (OffsetAt(high) != OffsetAt(low)) return First(low, high, m => OffsetAt(m) != OffsetAt(low));
            low = high;
        }

        return null;
    }

    // Clocks are set forward over it: the moment from which on they show more.
    private DateTimeOffset Reached(DateTime wall, DateTimeOffset about) => First(about - Furthest, about + Furthest, m => At(m) >= wall);

    private static DateTimeOffset First(DateTimeOffset low, DateTimeOffset high, Func<DateTimeOffset, bool> holds)
    {
        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = new DateTimeOffset(low.UtcTicks + ((high.UtcTicks - low.UtcTicks) / 2), TimeSpan.Zero);
            if (holds(middle)) high = middle;
            else low = middle;
        }

        // Zones change at whole seconds.
        var second = new DateTimeOffset(high.UtcTicks - (high.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return holds(second) ? second : second + TimeSpan.FromSeconds(1);
    }
}
