using ChatOps.Checks;
using ChatOps.Configuration;
using ChatOps.Messages;
using ChatOps.Policy;

namespace ChatOps.Tools.Runbooks;

/// <summary>What people and programs read of runbook notes.</summary>
internal static class RunbookText
{
    private const int MaxProblems = 20;

    /// <summary>The word of a trust.</summary>
    public static string Word(RunbookTrust trust) => trust.ToString().ToLowerInvariant();

    /// <summary>The word of a risk.</summary>
    public static string Word(Risk risk) => risk.ToString().ToLowerInvariant();

    /// <summary>Which findings a note is for.</summary>
    public static string Match(RunbookMatch match)
    {
        var parts = new List<string>();
        if (match.Checks.Count > 0) parts.Add("checks " + string.Join(" or ", match.Checks));
        if (match.Kinds.Count > 0) parts.Add("kinds " + string.Join(" or ", match.Kinds));
        if (match.Levels.Count > 0) parts.Add("levels " + string.Join(" or ", match.Levels.Select(l => l.ToString().ToLowerInvariant())));
        if (match.Nodes is { } nodes) parts.Add("nodes " + nodes);
        if (match.Words.Count > 0) parts.Add("words " + string.Join(" or ", match.Words));
        return string.Join("; ", parts);
    }

    /// <summary>What is wrong in the files.</summary>
    public static IEnumerable<Block> Problems(IReadOnlyList<ConfigurationProblem> problems)
    {
        if (problems.Count > 0) yield return new CodeBlock(string.Join('\n', problems.Take(MaxProblems).Select(p => p.ToString())), "problems");
    }

    /// <summary>A note for programs.</summary>
    public static object Data(RunbookState state) => new
    {
        name = state.Note.Name, title = state.Note.Title, trust = Word(state.Trust), why = state.Why, ceiling = Word(state.Note.Ceiling), risk = Word(state.Note.Risk), owner = state.Note.Owner,
        steps = state.Note.Steps.Count, verified = state.Record?.Verified ?? 0, failed = state.Record?.Failed ?? 0, file = state.Note.File, matches = Match(state.Note.Match),
    };

    /// <summary>A problem for programs.</summary>
    public static object Data(ConfigurationProblem problem) => new { file = problem.File, line = problem.Line, key = problem.Key, reason = problem.Reason };

    /// <summary>There is no such note; what there is.</summary>
    public static ToolResult Missing(IReadOnlyList<RunbookState> notes, string name)
    {
        var near = NearestName.Of(name, notes.Select(n => n.Note.Name));
        return ToolAnswer.Failed(FailureCode.NotFound, notes.Count == 0
            ? "There are no runbook notes; write them in workspace/runbooks/*.md."
            : $"There is no runbook note '{name}'." + (near is null ? " 'runbook list' lists them." : $" Did you mean '{near}'?"));
    }
}
