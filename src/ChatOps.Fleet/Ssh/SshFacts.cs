using System.Globalization;
using ChatOps.Fleet.Membership;

namespace ChatOps.Fleet.Ssh;

/// <summary>What a node's shell says of its machine, in the words that nodes with a daemon use.</summary>
internal static class SshFacts
{
    private const long BytesPerKilobyte = 1024;

    /// <summary>Reads the lines.</summary>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<string> lines)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value]) continue;
            var text = name switch
            {
                "memory" or "disk" => Space(value),
                "uptime" => Uptime(value),
                "arch" => Architecture(value.Trim()),
                _ => value.Trim(),
            };
            if (text is { Length: > 0 }) facts[name] = text;
        }

        return FactText.Bounded(facts);
    }

    // All of it, then what is free, in kilobytes.
    private static string? Space(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var all, var free]
        && long.TryParse(all, CultureInfo.InvariantCulture, out var total) && long.TryParse(free, CultureInfo.InvariantCulture, out var left)
            ? $"{OmittedNote.Size(left * BytesPerKilobyte)} free of {OmittedNote.Size(total * BytesPerKilobyte)}"
            : null;

    private static string? Uptime(string text)
    {
        if (!long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) || seconds is < 0 or > int.MaxValue) return null;
        var time = TimeSpan.FromSeconds(seconds);
        return time.Days > 0 ? $"{time.Days} d {time.Hours} h" : time.Hours > 0 ? $"{time.Hours} h {time.Minutes} min" : $"{time.Minutes} min";
    }

    private static string Architecture(string machine) => machine switch { "x86_64" => "x64", "aarch64" => "arm64", _ => machine };
}
