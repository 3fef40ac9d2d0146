using System.Text.RegularExpressions;
using ChatOps.Configuration;

namespace ChatOps.Checks.Runbooks;

/// <summary>The Markdown of a note: its first heading, the command lines in blocks fenced as <c>step</c>, and the one in the block fenced as <c>check</c>.</summary>
/// <param name="Title">The first heading; null for none.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Check">The check; null for none.</param>
/// <param name="Expect">Words that its result must hold; null for none.</param>
/// <param name="Text">All of it.</param>
internal sealed partial record RunbookBody(string? Title, IReadOnlyList<RunbookStep> Steps, string? Check, string? Expect, string Text)
{
    private const string Fence = "```";
    private const string StepWord = "step";
    private const string CheckWord = "check";

    /// <summary>Reads it; what is wrong is added to the problems.</summary>
    public static RunbookBody Read(string file, string[] lines, int first, RunbookCommands commands, List<ConfigurationProblem> problems)
    {
        var steps = new List<RunbookStep>();
        string? check = null, expect = null;
        for (var i = first; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal)) continue;
            var (info, opened) = (Info().Match(lines[i]), i);
            var word = info.Groups["word"].Value;
            var inside = new List<(string Line, int Number)>();
            for (i++; i < lines.Length && lines[i].TrimEnd() != Fence; i++)
            {
                if (lines[i].Trim() is { Length: > 0 } line && line[0] != '#') inside.Add((line, i + 1));
            }

            if (word is not (StepWord or CheckWord)) continue;
            if (i == lines.Length) problems.Add(new(file, opened + 1, word, "this block is not closed; end it with a line ```."));
            if (inside.Count == 0) problems.Add(new(file, opened + 1, word, "this block holds no command line."));
            foreach (var (line, number) in inside)
            {
                if (commands.WhyNot(line) is { } why) problems.Add(new(file, number, word, why));
            }

            if (word == StepWord)
            {
                steps.AddRange(inside.Select(l => new RunbookStep(l.Line, Said(info, "undo"))));
                continue;
            }

            if (check is not null || inside.Count > 1) problems.Add(new(file, opened + 1, word, "a note has one check: one command line that shows whether it helped."));
            check ??= inside.FirstOrDefault().Line;
            expect ??= Said(info, "expect");
        }

        if (steps.Count > RunbookBounds.MaxSteps) problems.Add(new(file, first + 1, StepWord, $"a note has at most {RunbookBounds.MaxSteps} steps; this has {steps.Count}."));
        if (check is not null && steps.Count == 0) problems.Add(new(file, first + 1, CheckWord, "a check belongs to steps, and this note has none."));
        var text = string.Join('\n', lines.Skip(first)).Trim();
        var title = lines.Skip(first).FirstOrDefault(l => l.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();
        return new RunbookBody(title, steps, check, expect, text);
    }

    private static string? Said(Match info, string word) =>
        info.Groups["says"].Value == word && info.Groups["text"].Value.Trim() is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"\A```\s*(?<word>[A-Za-z0-9_-]*)\s*(?:(?<says>undo|expect):(?<text>.*))?", RegexOptions.CultureInvariant)]
    private static partial Regex Info();
}
