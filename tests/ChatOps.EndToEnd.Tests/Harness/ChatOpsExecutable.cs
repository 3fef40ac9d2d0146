using ChatOps.Testing.Schemas;

namespace ChatOps.EndToEnd.Harness;

/// <summary>The built executable, as a user starts it.</summary>
internal static class ChatOpsExecutable
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = Path.GetFullPath(RepositoryFiles.Of("."));

    /// <summary>The one that was built with these tests.</summary>
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "chatops");
}
