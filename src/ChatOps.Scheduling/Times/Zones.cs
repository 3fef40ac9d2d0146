using System.Diagnostics.CodeAnalysis;
using ChatOps.Configuration;

namespace ChatOps.Scheduling.Times;

/// <summary>Time zones by the names of the tz database.</summary>
internal static class Zones
{
    /// <summary>Finds one.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone)) return true;
        var near = NearestName.Of(name, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id));
        problem = $"There is no time zone '{name}'." + (near is null ? " Write it as the tz database does: Europe/Berlin." : $" Did you mean {near}?");
        return false;
    }
}
