using System.Runtime.CompilerServices;

namespace ChatOps.EndToEnd.Harness;

/// <summary>The built executable, as a user starts it.</summary>
internal static class ChatOpsExecutable
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    /// <summary>The one that was built with these tests.</summary>
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "chatops");

    private static string Here([CallerFilePath] string path = "") => path;
}
