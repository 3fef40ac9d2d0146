using System.Globalization;
using System.Runtime.InteropServices;
using ChatOps.Fleet;
using ChatOps.Node.Execution;

namespace ChatOps.Node.Facts;

/// <summary>Reads the facts of a Linux machine from /proc and /etc, without starting a program.</summary>
internal sealed class LinuxFacts : INodeFacts
{
    private const long BytesPerKilobyte = 1024;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Read()
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(facts, "host", () => Environment.MachineName);
        Add(facts, "os", OperatingSystemName);
        Add(facts, "kernel", () => File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
        Add(facts, "arch", () => RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());
        Add(facts, "cpus", () => Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        Add(facts, "load", () => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)));
        Add(facts, "memory", Memory);
        Add(facts, "disk", Disk);
        Add(facts, "uptime", Uptime);
        return facts;
    }

    private static void Add(SortedDictionary<string, string> facts, string name, Func<string?> read)
    {
        try
        {
            if (read() is { Length: > 0 } value)
                facts[name] = value;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            // Left out: a fact for display is not worth a failure.
        }
    }

    private static string? OperatingSystemName() =>
        File.ReadLines("/etc/os-release").FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?["PRETTY_NAME=".Length..].Trim('"', '\'');

    private static string? Memory()
    {
        long total = 0, available = 0;
        foreach (var line in File.ReadLines("/proc/meminfo"))
        {
            if (line.StartsWith("MemTotal:", StringComparison.Ordinal))
                total = Kilobytes(line);
            else if (line.StartsWith("MemAvailable:", StringComparison.Ordinal))
                available = Kilobytes(line);
        }

        return total == 0 ? null : $"{OmittedNote.Size(available)} free of {OmittedNote.Size(total)}";
    }

    private static long Kilobytes(string line) =>
        long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * BytesPerKilobyte;

    private static string Disk()
    {
        var root = new DriveInfo("/");
        return $"{OmittedNote.Size(root.AvailableFreeSpace)} free of {OmittedNote.Size(root.TotalSize)}";
    }

    private static string Uptime()
    {
        var seconds = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        var time = TimeSpan.FromSeconds(seconds);
        return time.Days > 0 ? $"{time.Days} d {time.Hours} h" : time.Hours > 0 ? $"{time.Hours} h {time.Minutes} min" : $"{time.Minutes} min";
    }
}
