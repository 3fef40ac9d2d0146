using ChatOps.Testing.Schemas;

namespace ChatOps.EndToEnd.Harness;

/// <summary>The built executable, as a user starts it.</summary>
internal static class ChatOpsExecutable
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = Path.GetFullPath(RepositoryFiles.Of("."));

    /// <summary>The published one that tests/run.sh names, compiled ahead as users have it; else the one that was built with these tests.</summary>
    public static string File { get; } = Environment.GetEnvironmentVariable("CHATOPS_EXECUTABLE") is { Length: > 0 } published ? published : Path.Combine(AppContext.BaseDirectory, "chatops");
}
