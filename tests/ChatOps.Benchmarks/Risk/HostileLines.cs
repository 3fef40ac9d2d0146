namespace ChatOps.Benchmarks.Risk;

/// <summary>Lines of the largest size that is analysed, made to be slow to analyse.</summary>
internal static class HostileLines
{
    private const int Size = 64 * 1024;

    /// <summary>What each is made of, and the line.</summary>
    public static IReadOnlyList<(string Name, string Line)> All { get; } =
    [
        ("deep substitutions", Repeat("$(", ")")),
        ("deep groups", Repeat("( ", ")")),
        ("shells in shells", Repeat("sh -c ")),
        ("single quotes", Repeat("ls 'a' ")),
        ("open quotes", Repeat("\"'")),
        ("backslashes", Repeat("\\")),
        ("pipes", Repeat("cat|")),
        ("commands", Repeat("ls;")),
        ("one long word", "cat " + new string('a', Size - 4)),
        ("one long path", "cat " + Repeat("/a")[..(Size - 4)]),
        ("globs", Repeat("ls *a*e*s* ")),
        ("globs in a path", "cat " + Repeat("/*a")[..(Size - 4)]),
        ("braces", Repeat("{a,")),
        ("variables", Repeat("$x")),
        ("assignments and wrappers", Repeat("env A=b timeout 5 ")),
        ("redirections", Repeat("> x ")),
        ("a long awk program", "awk '" + Repeat("{print $1} ")[..(Size - 6)] + "'"),
        ("as many commands and words as are analysed", string.Join('|', Enumerable.Repeat("grep -n -e " + string.Join(' ', Enumerable.Repeat(new string('a', 57), 4)), 250))),
        ("as many patterns as are analysed", "cat " + string.Concat(Enumerable.Repeat("/*a*e*s*/?*[a-z]* ", 56)) + string.Join(' ', Enumerable.Repeat(new string('b', 31), 1900))),
        ("control and wide characters", Repeat("\0é\u202e")),
    ];

    private static string Repeat(string piece) => string.Concat(Enumerable.Repeat(piece, (Size / piece.Length) + 1))[..Size];

    private static string Repeat(string open, string close)
    {
        var depth = Size / (open.Length + close.Length);
        return string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth));
    }
}
