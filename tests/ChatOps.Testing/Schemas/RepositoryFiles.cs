namespace ChatOps.Testing.Schemas;

/// <summary>Finds files of the working tree that the tests were built from.</summary>
public static class RepositoryFiles
{
    /// <summary>The full path of a file or directory, given relative to the root.</summary>
    public static string Of(string relative)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ChatOps.sln"))) directory = directory.Parent;
        return Path.Combine(directory?.FullName ?? throw new InvalidOperationException("The tests do not run inside the working tree."), relative);
    }
}
