using System.Globalization;
using System.Runtime.InteropServices;
using ChatOps.Fleet;
using ChatOps.Fleet.Facts;

namespace ChatOps.Node.Facts;

/// <summary>Reads the facts of a Linux machine from /proc and /etc, without starting a program.</summary>
internal sealed class LinuxFacts : INodeFacts
{
    private const int MaxDisks = 6;

    // Long on a machine with many processors, and always the same.
    private readonly Lazy<string?> processor = new(() => FactText.Processor(File.ReadLines("/proc/cpuinfo")), LazyThreadSafetyMode.PublicationOnly);

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Read()
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(facts, "host", () => Environment.MachineName);
        Add(facts, "os", () => FactText.System(File.ReadLines("/etc/os-release")));
        Add(facts, "kernel", () => File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
        Add(facts, "arch", () => RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());
        Add(facts, "cpu", () => processor.Value);
        Add(facts, "cpus", () => Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        Add(facts, "load", () => FactText.Load(File.ReadAllText("/proc/loadavg")));
        Add(facts, "memory", () => FactText.Memory(File.ReadLines("/proc/meminfo")));
        Add(facts, "disk", () => Free(new DriveInfo("/")));
        Add(facts, "disks", OtherDisks);
        Add(facts, "uptime", () => FactText.Uptime(File.ReadAllText("/proc/uptime")));
        Add(facts, "init", Init);
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

    private static string Free(DriveInfo drive) => FactText.Free(drive.AvailableFreeSpace, drive.TotalSize);

    // Only what lies on a device of this machine: a file server that hangs must not hang the daemon.
    private static string OtherDisks() => string.Join("; ", File.ReadLines("/proc/mounts")
        .Select(line => line.Split(' '))
        .Where(mount => mount.Length > 2 && mount[0].StartsWith("/dev/", StringComparison.Ordinal) && mount[1] != "/" && Directory.Exists(mount[1]))
        .DistinctBy(mount => mount[0])
        .Take(MaxDisks)
        .Select(mount => $"{mount[1]} {Free(new DriveInfo(mount[1]))}"));

    private static string Init() =>
        Directory.Exists("/run/systemd/system") ? "systemd" : Directory.Exists("/run/openrc") ? "openrc" : File.ReadAllText("/proc/1/comm").Trim();
}
