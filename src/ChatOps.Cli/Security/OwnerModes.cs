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

    /// <summary>
    /// What to look at in a folder: what is hidden counts too; what a link leads to belongs to somebody else, and so does what this user may not look at.
    /// </summary>
    /// <param name="deep">Whether in the folders below, too.</param>
    public static EnumerationOptions Everything(bool deep) => new() { RecurseSubdirectories = deep, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    private static bool Has(string path, UnixFileMode modes) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & modes) != 0;
}
