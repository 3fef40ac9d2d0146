using ChatOps.Fleet;
using ChatOps.Node.Native;

namespace ChatOps.Node.Files;

/// <summary>Lists a directory.</summary>
internal static class FileLister
{
    /// <summary>Lists.</summary>
    /// <param name="root">The root.</param>
    /// <param name="path">Below it.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    public static FileResult<FileListing> List(RootDirectory root, FilePath path, CancellationToken cancellationToken)
    {
        using var directory = DirectoryEntries.Open(root, path, out var problem);
        if (directory is null)
            return problem!.As<FileListing>();

        var entries = new List<FileEntry>();
        var truncated = false;
        foreach (var name in DirectoryEntries.Of(directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            truncated = entries.Count == FileBounds.ListEntries;
            if (truncated)
                break;
            if (FileStat.Of((int)directory.DangerousGetHandle(), name) is { } stat)
                entries.Add(new FileEntry(name, stat.Kind, stat.Kind == FileKind.File ? stat.Size : 0, stat.Modified, stat.Permissions));
        }

        FileEntry[] ordered = [.. entries.OrderByDescending(entry => entry.Kind == FileKind.Directory).ThenBy(entry => entry.Name, StringComparer.Ordinal)];
        return new(FileStatus.Done, new FileListing(path.Text, ordered, truncated), null);
    }
}
