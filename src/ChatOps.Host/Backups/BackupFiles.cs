using ChatOps.Storage;

namespace ChatOps.Host.Backups;

/// <summary>Which files of a data directory belong to a backup, besides the database: keys, what the gateway wrote about people and servers, and the proof of the record.</summary>
internal static class BackupFiles
{
    /// <summary>Longest name of a file in one of the folders.</summary>
    private const int MaxName = 255;

    // The checkpoint comes before the database: what it proves must be in the copy.
    private static readonly string[] Names = ["audit.checkpoint", "redaction.key", "gateway.key", "access.yaml", "settings.json", "mcp.lock.json"];
    private static readonly string[] Folders = ["keys", "ssh/known_hosts"];

    /// <summary>Those that are there.</summary>
    public static IEnumerable<string> In(string dataDirectory) => Names.Where(name => File.Exists(Path.Combine(dataDirectory, name)))
        .Concat(Folders.Where(folder => Directory.Exists(Path.Combine(dataDirectory, folder))).SelectMany(folder => Directory
            .EnumerateFiles(Path.Combine(dataDirectory, folder)).Select(file => $"{folder}/{Path.GetFileName(file)}").Where(IsPart).Order(StringComparer.Ordinal)));

    /// <summary>Whether a path may stand in a backup: nothing else is ever written by a restore.</summary>
    public static bool IsPart(string path) => path == StorageRegistration.DatabaseFile || Names.Contains(path, StringComparer.Ordinal)
        || Folders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal) && IsName(path[(folder.Length + 1)..]));

    private static bool IsName(string name) => name.Length is > 0 and <= MaxName && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
