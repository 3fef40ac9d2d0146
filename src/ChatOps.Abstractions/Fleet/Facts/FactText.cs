using System.Globalization;

namespace ChatOps.Fleet.Facts;

/// <summary>Facts of a Linux machine from what its system files say. Pure: who reads the files, and how, is somebody else's.</summary>
public static class FactText
{
    private const long BytesPerKilobyte = 1024;
    private const double Unit = 1024;

    /// <summary>The name of the system in <c>/etc/os-release</c>.</summary>
    /// <param name="lines">The file.</param>
    public static string? System(IEnumerable<string> lines) =>
        lines.FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?["PRETTY_NAME=".Length..].Trim().Trim('"', '\'');

    /// <summary>What is free of the memory in <c>/proc/meminfo</c>.</summary>
    /// <param name="lines">The file.</param>
    public static string? Memory(IEnumerable<string> lines)
    {
        long total = 0, available = 0;
        foreach (var line in lines)
        {
            if (line.StartsWith("MemTotal:", StringComparison.Ordinal)) total = Kilobytes(line);
            else if (line.StartsWith("MemAvailable:", StringComparison.Ordinal)) available = Kilobytes(line);
        }

        return total == 0 ? null : Free(available, total);
    }

    /// <summary>The processor's name in <c>/proc/cpuinfo</c>.</summary>
    /// <param name="lines">The file.</param>
    public static string? Processor(IEnumerable<string> lines) =>
        lines.FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal) || l.StartsWith("Model", StringComparison.Ordinal))?.Split(':', 2) is [_, var name] ? name.Trim() : null;

    /// <summary>The three averages in <c>/proc/loadavg</c>.</summary>
    /// <param name="text">The file.</param>
    public static string? Load(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var one, var five, var fifteen, ..] ? $"{one} {five} {fifteen}" : null;

    /// <summary>How long the machine is up, from <c>/proc/uptime</c>.</summary>
    /// <param name="text">The file.</param>
    public static string? Uptime(string text)
    {
        if (!double.TryParse(text.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds is < 0 or > 1e10) return null;
        var time = TimeSpan.FromSeconds(seconds);
        return time.Days > 0 ? $"{time.Days} d {time.Hours} h" : time.Hours > 0 ? $"{time.Hours} h {time.Minutes} min" : $"{time.Minutes} min";
    }

    /// <summary>How much is free.</summary>
    /// <param name="free">Bytes.</param>
    /// <param name="total">Bytes.</param>
    public static string Free(long free, long total) => $"{Size(free)} free of {Size(total)}";

    /// <summary>A size for people.</summary>
    /// <param name="bytes">The size.</param>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Unit:0.0} KiB"),
        < 1024 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Unit / Unit:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Unit / Unit / Unit:0.0} GiB"),
    };

    private static long Kilobytes(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..] && long.TryParse(number, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * BytesPerKilobyte : 0;
}
