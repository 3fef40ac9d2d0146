using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Policy;

/// <summary>Command lines kept as text, one a line, exactly as they are typed.</summary>
internal static class Corpus
{
    public static string[] Lines(string name) =>
        File.ReadAllText(RepositoryFiles.Of($"tests/ChatOps.Tests/Policy/Corpora/{name}.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
