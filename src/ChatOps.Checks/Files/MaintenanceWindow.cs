namespace ChatOps.Checks.Files;

/// <summary>A time in which nothing is said: each of some days from one time to another in a zone, or once.</summary>
/// <param name="Days">On which days it begins; empty for every day.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends; not after <paramref name="From"/> means the next day.</param>
/// <param name="Zone">The zone.</param>
internal sealed record MaintenanceWindow(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <summary>Whether it is open at a time.</summary>
    public bool Covers(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (From < To) return On(local.DayOfWeek) && time >= From && time < To;
        return (On(local.DayOfWeek) && time >= From) || (On(local.AddDays(-1).DayOfWeek) && time < To);
    }

    private bool On(DayOfWeek day) => Days.Count == 0 || Days.Contains(day);
}
