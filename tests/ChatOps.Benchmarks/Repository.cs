namespace ChatOps.Benchmarks;

/// <summary>The repository that the benchmarks run from.</summary>
internal static class Repository
{
    /// <summary>Its top.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "ChatOps.sln"))) return directory.FullName;
        throw new InvalidOperationException("The benchmarks run from a clone of the repository: dotnet run -c Release --project tests/ChatOps.Benchmarks");
    }
}
