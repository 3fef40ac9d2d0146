namespace ChatOps.Host;

/// <summary>The keys of an installation are their owner's alone, or nothing starts: whoever read one may have signed with it.</summary>
internal static class PrivateKeys
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private static readonly string[] Files = ["gateway.key", "redaction.key"];

    /// <summary>Refuses keys that others can use.</summary>
    /// <exception cref="StartRefusedException">One can be.</exception>
    public static void Require(string dataDirectory)
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Path.Combine(dataDirectory, "keys");
        var keys = Files.Select(f => Path.Combine(dataDirectory, f)).Where(File.Exists).Concat(Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : []);
        if (keys.FirstOrDefault(k => (File.GetUnixFileMode(k) & Others) != 0) is { } open)
            throw new StartRefusedException($"The key {open} can be read by others. Make it yours alone (chmod 600 {open}); if other people use this machine, make a new one (docs/operations.md, \"Rotation\").");
    }
}
