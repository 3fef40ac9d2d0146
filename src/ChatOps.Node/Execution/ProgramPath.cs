using ChatOps.Node.Native;

namespace ChatOps.Node.Execution;

/// <summary>Finds programs in a fixed list of directories; the environment has no say in it.</summary>
internal static class ProgramPath
{
    private const int MayExecute = 1;
    private static readonly string[] Directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The list as a <c>PATH</c> value.</summary>
    public static string SearchList { get; } = string.Join(':', Directories);

    /// <summary>The absolute path of a program, or <see langword="null"/> when there is none that may be executed.</summary>
    /// <param name="name">A bare name, or a path (a relative one belongs to the working directory).</param>
    /// <param name="workingDirectory">Absolute path.</param>
    public static string? Resolve(string name, string workingDirectory)
    {
        if (name.Length == 0 || name is "." or "..")
            return null;

        if (name.Contains('/'))
        {
            var path = Path.Combine(workingDirectory, name);
            return IsProgram(path) ? path : null;
        }

        foreach (var directory in Directories)
        {
            var path = directory + "/" + name;
            if (IsProgram(path))
                return path;
        }

        return null;
    }

    private static bool IsProgram(string path) => Libc.access(path, MayExecute) == 0 && !Directory.Exists(path);
}
