namespace ChatOps.Node.Execution;

/// <summary>Expands a pathname pattern as a shell would, so that no shell is needed.</summary>
internal static class PathExpansion
{
    /// <summary>Names that one pattern may become.</summary>
    public const int MaxNames = 10_000;

    // Entries that one expansion may look at; a pattern such as */*/*/* over a whole disk would otherwise never end.
    private const int MaxEntries = 200_000;

    /// <summary>The names, in ordinal order; the pattern itself, backslashes resolved, when nothing matches; <see langword="null"/> beyond the bounds.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="workingDirectory">Absolute path that relative patterns belong to.</param>
    public static IReadOnlyList<string>? Expand(string pattern, string workingDirectory)
    {
        List<string> names = [pattern.StartsWith('/') ? "/" : ""];
        var entries = 0;
        var components = pattern.TrimStart('/').Split('/');
        for (var index = 0; index < components.Length; index++)
        {
            var last = index == components.Length - 1;
            var next = new List<string>();
            foreach (var name in names)
            {
                if (!Extend(name, components[index], last, workingDirectory, next, ref entries))
                    return null;
            }

            names = next;
        }

        if (names.Count == 0)
            return [PathPattern.Literal(pattern)];

        names.Sort(StringComparer.Ordinal);
        return names.ConvertAll(name => name.StartsWith('-') ? "./" + name : name);
    }

    private static bool Extend(string prefix, string component, bool last, string workingDirectory, List<string> names, ref int entries)
    {
        if (!PathPattern.IsPattern(component))
        {
            var name = prefix + PathPattern.Literal(component);
            if (!last)
                names.Add(name + "/");
            else if (Exists(Path.Combine(workingDirectory, name), component.Length == 0))
                names.Add(name);
            return true;
        }

        try
        {
            foreach (var entry in new DirectoryInfo(Path.Combine(workingDirectory, prefix)).EnumerateFileSystemInfos())
            {
                if (++entries > MaxEntries || names.Count >= MaxNames)
                    return false;
                if (!PathPattern.Matches(component, entry.Name))
                    continue;
                if (last)
                    names.Add(prefix + entry.Name);
                else if (Directory.Exists(entry.FullName))
                    names.Add(prefix + entry.Name + "/");
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // As in a shell: a directory that cannot be read matches nothing.
        }

        return true;
    }

    private static bool Exists(string path, bool directory) =>
        directory ? Directory.Exists(path) : Path.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
