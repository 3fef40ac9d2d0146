namespace ChatOps.Cli.Security;

/// <summary>Who besides its owner can use a file.</summary>
internal static class OwnerModes
{
    private const UnixFileMode Readers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Writers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Whether others can read or write it. Not known where files have no modes: then no.</summary>
    public static bool OthersUse(string path) => Has(path, Readers | Writers);

    /// <summary>Whether others can write it.</summary>
    public static bool OthersWrite(string path) => Has(path, Writers);

    private static bool Has(string path, UnixFileMode modes) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & modes) != 0;
}
