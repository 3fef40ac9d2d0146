using System.Text;

namespace ChatOps.Fleet.Ssh;

/// <summary>Writes words and parsed programs for a POSIX shell, so that it runs exactly them.</summary>
internal static class ShellText
{
    // What means something in a pattern.
    private const string Active = "*?[]!-^";
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether a text can be given to a program at all: no NUL, no half of a surrogate pair.</summary>
    public static bool CanPass(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) return false;
        try
        {
            return Strict.GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>One word, taken literally whatever is in it.</summary>
    public static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>A program as text for <c>sh -c</c>. What was judged without a shell means the same there: no word is read twice.</summary>
    public static string Program(CommandProgram program)
    {
        var text = new StringBuilder();
        foreach (var pipeline in program.Pipelines)
        {
            if (text.Length > 0) text.Append(pipeline.Join switch { CommandJoin.And => " && ", CommandJoin.Or => " || ", _ => "\n" });
            if (pipeline.Negate) text.Append("! ");
            text.AppendJoin(" | ", pipeline.Commands.Select(Command));
        }

        return text.ToString();
    }

    /// <summary>The program's names, when all must be there before any is started.</summary>
    public static IReadOnlyList<string> Needed(CommandProgram? program) =>
        program?.Pipelines is [var only] ? [.. only.Commands.Select(c => c.Words[0].Text)] : [];

    // In a subshell, so that the arguments of one are not those of the next. exec takes a program, never a builtin or a function.
    private static string Command(SimpleCommand command)
    {
        var redirections = string.Concat(command.Redirections.Select(Redirection));
        if (command.Words.All(w => !w.IsPattern)) return $"(exec {string.Join(' ', command.Words.Select(w => Quote(w.Text)))}{redirections})";
        var text = new StringBuilder("(set --");
        foreach (var word in command.Words)
        {
            text.Append(word.IsPattern
                // A name that begins with a dash must not become an option.
                ? $"; for f in {Pattern(word.Text)}; do case $f in -*) f=./$f;; esac; set -- \"$@\" \"$f\"; done"
                : $"; set -- \"$@\" {Quote(word.Text)}");
        }

        return text.Append($"; exec \"$@\"{redirections})").ToString();
    }

    // Everything literal but the three things that make a pattern.
    private static string Pattern(string pattern)
    {
        var text = new StringBuilder();
        var literal = false;
        foreach (var rune in pattern.EnumerateRunes())
        {
            if (!literal && rune.Value == '\\')
            {
                literal = true;
                continue;
            }

            text.Append(!literal && rune.IsAscii && Active.Contains((char)rune.Value) ? rune.ToString() : Quote(rune.ToString()));
            literal = false;
        }

        return text.ToString();
    }

    private static string Redirection(CommandRedirection redirection) => redirection switch
    {
        CommandRedirection.StdoutToNull => " >/dev/null",
        CommandRedirection.StderrToNull => " 2>/dev/null",
        CommandRedirection.StderrToStdout => " 2>&1",
        CommandRedirection.StdoutToStderr => " 1>&2",
        CommandRedirection.StdinFromNull => " </dev/null",
        _ => throw new ArgumentOutOfRangeException(nameof(redirection), redirection, null),
    };
}
