using ChatOps.Testing.Schemas;

namespace ChatOps.Architecture;

/// <summary>The source tree that these tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(RepositoryFiles.Of("."));

    public static IEnumerable<string> Projects(params string[] folders) =>
        folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*.csproj", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*.cs", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);

    public static string Relative(string path) => Path.GetRelativePath(Root, path);
}
