using System.Buffers;

namespace ChatOps.Agent.Commands;

/// <summary>Writes words so that a POSIX shell, and <see cref="ChatWords"/>, read them back as they are.</summary>
public static class ShellQuoting
{
    private static readonly SearchValues<char> Safe =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-");

    /// <summary>One word, in single quotes where it needs them.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.AsSpan().IndexOfAnyExcept(Safe) < 0 ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>The command line of an argument vector: one word is the line as it is, several are quoted where needed and joined.</summary>
    public static string CommandLine(IReadOnlyList<string> words) => words.Count == 1 ? words[0] : string.Join(' ', words.Select(Quote));
}
