using ChatOps.Policy.Commands.Grammar;
using ChatOps.Policy.Commands.Judging;
using ChatOps.Policy.Rules;

namespace ChatOps.Policy.Commands;

/// <summary>Judges command lines under the rules in force.</summary>
internal sealed class CommandRisk(PolicySource source) : ICommandRisk
{
    private Cached? _cached;

    public CommandAssessment Assess(string commandLine)
    {
        commandLine ??= "";
        if (commandLine.Length > ShellLimits.LineLength)
        {
            return new CommandAssessment(
                commandLine, Risk.Change, "too-long", $"Asks: the line is longer than {ShellLimits.LineLength / 1024} KiB, which is not analysed.", null);
        }

        var line = ShellParser.Parse(commandLine);
        var verdict = Judge().Judge(line, new CommandPlace(null, null, 0, false, new Effort()));
        var program = line.Program;
        // a command that only the shell knows is no program that could be started
        if (program is not null && line.Commands.Any(c => c.Words is [{ IsLiteral: true } first, ..] && ProgramName.IsBuiltin(first.Text))) program = null;
        if (verdict.Risk == Risk.Read && program is null)
            verdict = Verdict.Change("shell", "the line needs a shell to run");
        return new CommandAssessment(commandLine, verdict.Risk, verdict.Rule, Sentence(verdict, line), program);
    }

    private static string Sentence(Verdict verdict, ParsedLine line)
    {
        const int shown = 6;
        if (verdict.Risk == Risk.Read)
        {
            var names = line.Commands.Select(c => c.Words[0].Text).Distinct(StringComparer.Ordinal).ToList();
            var more = names.Count > shown ? $" and {names.Count - shown} more" : "";
            return $"Only reads: {string.Join(", ", names.Take(shown))}{more}.";
        }

        return verdict.Risk switch
        {
            Risk.Change => "Asks: ",
            Risk.Dangerous => "Dangerous: ",
            _ => "Never allowed: ",
        } + verdict.Reason + ".";
    }

    private LineJudge Judge()
    {
        var snapshot = source.Current;
        var cached = _cached;
        if (cached is not null && ReferenceEquals(cached.Snapshot, snapshot)) return cached.Judge;
        cached = new Cached(snapshot, new LineJudge(new CommandJudge(snapshot.Knowledge), snapshot.Knowledge.Guard));
        _cached = cached;
        return cached.Judge;
    }

    private sealed record Cached(PolicySnapshot Snapshot, LineJudge Judge);
}
