using System.Globalization;
using ChatOps.Checks;
using ChatOps.Configuration;
using ChatOps.Messages;

namespace ChatOps.Tools.Checks;

/// <summary>What people and programs read of checks.</summary>
internal static class CheckText
{
    /// <summary>States in a table at most; the data has them all.</summary>
    public const int MaxRows = 100;

    private const int MaxProblems = 10;
    private const int MaxSentence = 120;

    /// <summary>The word of a level.</summary>
    public static string Word(CheckLevel level) => level switch
    {
        CheckLevel.Pending => "pending",
        CheckLevel.Ok => "ok",
        CheckLevel.Warning => "warning",
        CheckLevel.Critical => "critical",
        _ => "unknown",
    };

    /// <summary>States as a table, with a line of blocks for what was measured lately.</summary>
    public static IEnumerable<Block> Table(IReadOnlyList<CheckState> states)
    {
        if (states.Count == 0) yield break;
        yield return new TableBlock(
            ["Check", "Where", "State", "Value", "History", "Found"],
            [.. states.Take(MaxRows).Select(s => (IReadOnlyList<string>)[s.Key.Check, s.Key.Target, Word(s.Level) + (s.Muted is null ? "" : " (silent)"), Value(s), Sparkline.Of(s.History), Short(s.Text)])]);
        if (states.Count > MaxRows) yield return new TextBlock($"and {states.Count - MaxRows} more; --json has them all.");
    }

    /// <summary>What is wrong in the files.</summary>
    public static IEnumerable<Block> Problems(IReadOnlyList<ConfigurationProblem> problems)
    {
        if (problems.Count == 0) yield break;
        yield return new TextBlock($"**{problems.Count} problem{(problems.Count == 1 ? "" : "s")} in the files of checks; the rest is in force.**", Tone.Failed);
        yield return new CodeBlock(string.Join('\n', problems.Take(MaxProblems).Select(p => p.ToString())), "problems");
    }

    /// <summary>How many stand how.</summary>
    public static string Counts(IReadOnlyList<CheckState> states) => states.Count == 0
        ? "Nothing has been looked at yet"
        : string.Join(", ", states.GroupBy(s => s.Level).OrderByDescending(g => g.Key).Select(g => $"{g.Count()} {Word(g.Key)}"));

    /// <summary>A value with its unit.</summary>
    public static string Value(CheckState state) => state.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.##}{(state.Unit.Length == 0 ? "" : " " + state.Unit)}") : "";

    /// <summary>A time.</summary>
    public static string Time(DateTimeOffset? at) => at is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss} UTC") : "never";

    /// <summary>A state for programs.</summary>
    public static object Data(CheckState state) => new
    {
        check = state.Key.Check, target = state.Key.Target, kind = state.Kind, level = Word(state.Level), since = state.Since, lastAt = state.LastAt, value = state.Value, unit = state.Unit,
        text = state.Text, evidence = state.Evidence, muted = state.Muted, told = Word(state.Told), finding = state.Finding,
    };

    /// <summary>A problem for programs.</summary>
    public static object Data(ConfigurationProblem problem) => new { file = problem.File, line = problem.Line, key = problem.Key, reason = problem.Reason };

    /// <summary>There is no such check; what there is.</summary>
    public static ToolResult Missing(IChecks checks, string name)
    {
        var names = checks.Written.Select(c => c.Name).Concat(checks.Sets).ToList();
        var near = NearestName.Of(name, names);
        return ToolAnswer.Failed(FailureCode.NotFound, names.Count == 0
            ? "There are no checks; write them in workspace/checks/*.yaml."
            : $"There is no check or set '{name}'." + (near is null ? " 'check list' lists them." : $" Did you mean '{near}'?"));
    }

    private static string Short(string text) => text.Length <= MaxSentence ? text : text[..MaxSentence] + "…";
}
