using ChatOps.Fleet;
using ChatOps.Messages;

namespace ChatOps.Tools.Run;

/// <summary>
/// A run's result for people: equal outputs stand once, what differs is shown as a difference from the most common one with the names of its nodes, and what is
/// long is in a file.
/// </summary>
internal static class RunMessage
{
    private const int NamesInTitle = 10;
    private const int NamesInTable = 20;
    private const int Groups = 8;
    private const int Notes = 10;
    private const int CharactersOfOne = 32 * 1024;
    private const int CharactersOfGroup = 3000;

    public static IReadOnlyList<Block> Of(IReadOnlyList<NodeRun> runs, string summary, KeptOutput? whole, PageBlock page, Func<string, string> safe) =>
        runs is [var only] ? One(only) : [.. Many(runs, summary, whole, safe), page];

    /// <summary>Whether the message leaves something out, so that all of it is to be kept as a file.</summary>
    public static bool LeavesOut(IReadOnlyList<NodeRun> runs)
    {
        if (runs.Count == 1) return false;
        var groups = Folded(runs);
        return groups.Count > Groups || groups.Any(g => g.Key.Output.Length > Characters(groups.Count) || g.Count() > NamesInTitle)
            || Noted(runs).Count > Notes || (runs.Any(r => r.Outcome != NodeOutcome.Ok) && runs.GroupBy(TableKey).Any(g => g.Count() > NamesInTable));
    }

    private static List<Block> One(NodeRun run)
    {
        var blocks = new List<Block>();
        if (run.Result.Message is { } message) blocks.Add(Note(run.Node, message, run));
        blocks.Add(Output($"{run.Node} · {End(run)}", run.Result.Output, int.MaxValue));
        if (run.Kept is { } kept) blocks.Add(new FileBlock($"{run.Node}-output.txt", kept.Id, kept.Bytes));
        return blocks;
    }

    private static List<Block> Many(IReadOnlyList<NodeRun> runs, string summary, KeptOutput? whole, Func<string, string> safe)
    {
        var allOk = runs.All(r => r.Outcome == NodeOutcome.Ok);
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(summary), allOk ? Tone.Ok : runs.Any(r => r.Outcome == NodeOutcome.Unknown) ? Tone.Unknown : Tone.Failed) };
        if (!allOk) blocks.Add(Outcomes(runs));
        var noted = Noted(runs);
        blocks.AddRange(noted.Take(Notes).Select(g => Note(OutcomeText.Names([.. g.Select(r => r.Node)], NamesInTitle), g.Key, g.First())));
        if (noted.Count > Notes) blocks.Add(new TextBlock($"{noted.Count - Notes} more notes are in the file."));

        var groups = Folded(runs);
        foreach (var group in groups.Take(Groups))
        {
            var names = OutcomeText.Names([.. group.Select(r => r.Node)], NamesInTitle);
            var slowest = group.MaxBy(r => r.Result.Duration)!;
            var title = $"{(group.Count() == 1 ? "" : $"{group.Count()} nodes: ")}{names} · {End(slowest)}";
            // The most common output stands first and whole; of the others, only what is different where that is shorter.
            // Made of what is redacted already: a secret of many lines, of which only some are different, would not be recognised any more.
            blocks.Add(group != groups[0] && groups[0].Count() > 1 && OutputDifference.Of(safe(groups[0].Key.Output), safe(group.Key.Output), CharactersOfGroup) is { } difference
                ? new CodeBlock(difference, $"{title} · against the {groups[0].Count()} above")
                : Output(title, group.Key.Output, Characters(groups.Count)));
        }

        if (groups.Count > Groups) blocks.Add(new TextBlock($"{groups.Count - Groups} more different outputs, of {groups.Skip(Groups).Sum(g => g.Count())} nodes, are in the file."));
        if (whole is not null) blocks.Add(new FileBlock("all-nodes.txt", whole.Id, whole.Bytes));
        blocks.AddRange(runs.Where(r => r.Kept is not null).Take(Groups).Select(r => new FileBlock($"{r.Node}-output.txt", r.Kept!.Id, r.Kept.Bytes)));
        return blocks;
    }

    private static TableBlock Outcomes(IReadOnlyList<NodeRun> runs) => new(
        ["Outcome", "Nodes", "Which"],
        [.. runs.GroupBy(TableKey).OrderBy(g => g.Key.Outcome).Select(g => (IReadOnlyList<string>)
        [
            g.Key.Exit is { } exit ? $"{OutcomeText.Word(g.Key.Outcome)} ({exit})" : OutcomeText.Word(g.Key.Outcome), $"{g.Count()}", OutcomeText.Names([.. g.Select(r => r.Node)], NamesInTable),
        ])]);

    // What never ran has nothing to show but why.
    private static List<IGrouping<(NodeOutcome Outcome, int? Exit, string Output), NodeRun>> Folded(IReadOnlyList<NodeRun> runs) =>
    [
        .. runs.Where(r => r.Result.Output.Length > 0 || r.Result.End == ExecutionEnd.Exited)
            .GroupBy(r => (r.Outcome, r.Result.ExitCode, r.Result.Output)).OrderByDescending(g => g.Count()),
    ];

    private static List<IGrouping<string, NodeRun>> Noted(IReadOnlyList<NodeRun> runs) => [.. runs.Where(r => r.Result.Message is not null).GroupBy(r => r.Result.Message!)];

    private static (NodeOutcome Outcome, int? Exit) TableKey(NodeRun run) => (run.Outcome, run.Outcome == NodeOutcome.Failed ? run.Result.ExitCode : null);

    private static int Characters(int groups) => groups <= 1 ? CharactersOfOne : CharactersOfGroup;

    private static TextBlock Note(string names, string message, NodeRun run) =>
        new(PlainText.Escape($"{names}: {message}"), run.Outcome switch { NodeOutcome.Ok => Tone.Plain, NodeOutcome.Unknown => Tone.Unknown, _ => Tone.Failed });

    private static CodeBlock Output(string title, string output, int characters) => new(output.Length == 0 ? "(no output)" : RunReport.Cut(output, characters), title);

    private static string End(NodeRun run) => $"{OutcomeText.End(run.Result)} · {OutcomeText.Seconds(run.Result.Duration)}";
}
