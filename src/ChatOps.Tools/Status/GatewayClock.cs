using System.Globalization;
using System.Reflection;

namespace ChatOps.Tools.Status;

/// <summary>Which version runs, and since when.</summary>
internal sealed class GatewayClock(TimeProvider time)
{
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public string Version { get; } =
        typeof(GatewayClock).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public string Uptime()
    {
        var up = time.GetUtcNow() - StartedAt;
        return up.TotalDays >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{up.Days} d {up.Hours} h")
            : up.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{up.Hours} h {up.Minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{up.Minutes} min {up.Seconds} s");
    }
}
