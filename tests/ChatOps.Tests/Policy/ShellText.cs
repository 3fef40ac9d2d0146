using System.Text;
using ChatOps.Fleet;

namespace ChatOps.Tests.Policy;

/// <summary>Writes a program back as a line, to check that parsing loses nothing.</summary>
internal static class ShellText
{
    public static string Of(CommandProgram program)
    {
        var text = new StringBuilder();
        foreach (var pipeline in program.Pipelines)
        {
            if (text.Length > 0)
                text.Append(pipeline.Join switch { CommandJoin.And => " && ", CommandJoin.Or => " || ", _ => "; " });
            if (pipeline.Negate) text.Append("! ");
            text.Append(string.Join(" | ", pipeline.Commands.Select(Of)));
        }

        return text.ToString();
    }

    public static string Shown(CommandProgram program) =>
        string.Join('\n', program.Pipelines.Select(p =>
            $"{p.Join} {p.Negate} " + string.Join(" | ", p.Commands.Select(c =>
                string.Join(' ', c.Words.Select(w => (w.IsPattern ? "P" : "L") + "<" + w.Text + ">")) + " " + string.Join(',', c.Redirections)))));

    private static string Of(SimpleCommand command) =>
        string.Join(' ', command.Words.Select(w => w.IsPattern ? Pattern(w.Text) : Quote(w.Text)).Concat(command.Redirections.Select(Of)));

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Pattern(string text)
    {
        var quoted = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') quoted.Append(Quote(text[++i].ToString()));
            else quoted.Append(text[i] is '*' or '?' or '[' or ']' or '!' or '^' or '-' || char.IsAsciiLetterOrDigit(text[i]) ? text[i].ToString() : Quote(text[i].ToString()));
        }

        return quoted.ToString();
    }

    private static string Of(CommandRedirection redirection) => redirection switch
    {
        CommandRedirection.StdoutToNull => ">/dev/null",
        CommandRedirection.StderrToNull => "2>/dev/null",
        CommandRedirection.StderrToStdout => "2>&1",
        CommandRedirection.StdoutToStderr => ">&2",
        _ => "</dev/null",
    };
}
