using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>A function that starts itself twice or behind its own back, whatever it is called.</summary>
internal static class ForkBomb
{
    private const string Rule = "fork-bomb";

    private static readonly string[] Interpreters = ["perl", "python", "python2", "python3", "ruby", "php", "node"];

    /// <summary>Null when there is none.</summary>
    public static Verdict? Judge(ParsedLine line)
    {
        foreach (var command in line.Commands)
        {
            if (command.Words.Count == 0) continue;
            var name = command.Words[0].Loose;
            if (command.Function is not null && name == command.Function && (command.InPipe || command.InBackground))
                return Verdict.Forbidden(Rule, $"the function {name} starts copies of itself without end");
            if (name is "$0" or "*" && command.Words[0].IsOpaque && command.InBackground && command.InPipe)
                return Verdict.Forbidden(Rule, "the line starts copies of itself without end");
            if (Array.IndexOf(Interpreters, ProgramName.Last(command.Words[0])) < 0) continue;
            foreach (var word in command.Words)
            {
                if (word.Text.Contains("fork", StringComparison.Ordinal) && (word.Text.Contains("while", StringComparison.Ordinal) || word.Text.Contains("loop", StringComparison.Ordinal) || word.Text.Contains("for(;;)", StringComparison.Ordinal)))
                    return Verdict.Forbidden(Rule, "the program text starts copies of itself without end");
            }
        }

        return null;
    }
}
