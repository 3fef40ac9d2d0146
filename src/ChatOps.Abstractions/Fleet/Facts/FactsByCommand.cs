using System.Globalization;

namespace ChatOps.Fleet.Facts;

/// <summary>The facts of a machine where no daemon of ours runs: one plain command line that only reads, and what its output says.</summary>
public static class FactsByCommand
{
    private const int MaxDisks = 6;

    private static readonly (string Name, string[] Words)[] Parts =
    [
        ("os", ["cat", "/etc/os-release"]), ("load", ["cat", "/proc/loadavg"]), ("uptime", ["cat", "/proc/uptime"]), ("memory", ["head", "-n", "5", "/proc/meminfo"]),
        ("cpu", ["head", "-n", "12", "/proc/cpuinfo"]), ("host", ["uname", "-n"]), ("kernel", ["uname", "-r"]), ("arch", ["uname", "-m"]), ("cpus", ["nproc"]), ("user", ["id", "-un"]), ("disk", ["df", "-P", "-k", "-l"]),
    ];

    /// <summary>What runs.</summary>
    public static CommandProgram Program { get; } = new([.. Parts.SelectMany(p => new[] { Pipeline(["echo", Mark(p.Name)]), Pipeline(p.Words) })]);

    /// <summary>The same as one would type it.</summary>
    public static string Line { get; } = string.Join("; ", Parts.Select(p => $"echo '{Mark(p.Name)}'; {string.Join(' ', p.Words)}"));

    /// <summary>Reads its output. What a machine says is text of somebody else's: what cannot be understood is left out.</summary>
    /// <param name="output">What it printed.</param>
    public static IReadOnlyDictionary<string, string> Read(string output)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var lines = output.Split('\n');
        foreach (var (name, _) in Parts)
        {
            var begin = Array.IndexOf(lines, Mark(name));
            if (begin < 0) continue;
            var part = lines.Skip(begin + 1).TakeWhile(l => !Parts.Any(p => l == Mark(p.Name))).Select(l => l.TrimEnd('\r')).ToList();
            var text = part.FirstOrDefault(l => l.Length > 0) ?? "";
            var value = name switch
            {
                "os" => FactText.System(part),
                "load" => FactText.Load(text),
                "uptime" => FactText.Uptime(text),
                "memory" => FactText.Memory(part),
                "cpu" => FactText.Processor(part),
                "disk" => Disk(part, "/"),
                "cpus" => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count.ToString(CultureInfo.InvariantCulture) : null,
                _ => text.Contains(' ', StringComparison.Ordinal) ? null : text,
            };
            if (!string.IsNullOrEmpty(value)) facts[name] = value;
            if (name == "disk" && Others(part) is { Length: > 0 } disks) facts["disks"] = disks;
        }

        return facts;
    }

    private static string Mark(string part) => $"==> {part} <==";

    private static CommandPipeline Pipeline(string[] words) => new(CommandJoin.Always, false, [new SimpleCommand([.. words.Select(w => new CommandWord(w, false))], [])]);

    private static string? Disk(List<string> lines, string mount) => Sizes(lines).Where(d => d.Mount == mount).Select(d => FactText.Free(d.Free, d.Total)).FirstOrDefault();

    private static string Others(List<string> lines) => string.Join("; ", Sizes(lines)
        .Where(d => d.Mount != "/" && d.Device.StartsWith("/dev/", StringComparison.Ordinal)).DistinctBy(d => d.Device).Take(MaxDisks).Select(d => $"{d.Mount} {FactText.Free(d.Free, d.Total)}"));

    private static IEnumerable<(string Device, string Mount, long Free, long Total)> Sizes(List<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries) is [var device, var total, _, var free, _, var mount]
                && long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var t) && long.TryParse(free, NumberStyles.None, CultureInfo.InvariantCulture, out var f)
                && t < long.MaxValue / 1024 && f < long.MaxValue / 1024)
                yield return (device, mount, f * 1024, t * 1024);
        }
    }
}
