using ChatOps.Messages;

namespace ChatOps.Tools.Run;

/// <summary>What came of a run, for the record, for people and for programs. Every node is accounted for once.</summary>
internal static class RunReport
{
    private const int NamesInSummary = 5;

    /// <summary>Bytes of output, over all nodes, that stand in the data; each node gets its part, and never less than <see cref="LeastOutput"/>.</summary>
    private const int DataOutput = 1024 * 1024;
    private const int LeastOutput = 1024;

    /// <summary>Of one node: there is nothing to fold, and no page says more.</summary>
    public static ToolResult OfOne(NodeRun run, bool stopped) => Of([run], null, new PageBlock("", "", null), text => text, stopped);

    public static ToolResult Of(IReadOnlyList<NodeRun> runs, KeptOutput? whole, PageBlock page, Func<string, string> safe, bool stopped)
    {
        var notOk = runs.Where(r => r.Outcome != NodeOutcome.Ok).ToList();
        var status = notOk.Count == 0 ? InvocationStatus.Done
            : runs.Any(r => r.Outcome == NodeOutcome.Unknown) ? InvocationStatus.Unknown
            : notOk.Count < runs.Count ? InvocationStatus.Partial
            : InvocationStatus.Failed;
        var failure = notOk.Count == 0 ? FailureCode.None : stopped ? FailureCode.Cancelled : OutcomeText.Code(notOk[0].Result);
        var summary = Summary(runs, notOk);
        return new ToolResult(status, summary, new RichMessage(RunMessage.Of(runs, summary, whole, page, safe)), Data(runs, whole), failure);
    }

    private static string Summary(IReadOnlyList<NodeRun> runs, List<NodeRun> notOk)
    {
        if (runs is [var only]) return $"{only.Node}: {OutcomeText.End(only.Result)}, {OutcomeText.Seconds(only.Result.Duration)}";
        var slowest = OutcomeText.Seconds(runs.Max(r => r.Result.Duration));
        return $"{runs.Count - notOk.Count} of {runs.Count} nodes ok, {slowest}" + (notOk.Count == 0
            ? ""
            : $"; not ok: {OutcomeText.Names([.. notOk.Select(f => $"{f.Node} ({OutcomeText.End(f.Result)})")], NamesInSummary)}");
    }

    private static string Data(IReadOnlyList<NodeRun> runs, KeptOutput? whole)
    {
        var part = Math.Max(LeastOutput, DataOutput / runs.Count);
        return Json.Write(new
        {
            total = runs.Count,
            ok = runs.Count(r => r.Outcome == NodeOutcome.Ok),
            failed = runs.Count(r => r.Outcome != NodeOutcome.Ok),
            counts = Enum.GetValues<NodeOutcome>().ToDictionary(OutcomeText.Word, o => runs.Count(r => r.Outcome == o)),
            file = whole?.Id,
            nodes = runs.Select(r => new
            {
                node = r.Node,
                outcome = OutcomeText.Word(r.Outcome),
                end = r.Result.End,
                exitCode = r.Result.ExitCode,
                output = Cut(r.Result.Output, runs.Count == 1 ? int.MaxValue : part),
                totalBytes = r.Result.TotalBytes,
                omittedBytes = r.Result.OmittedBytes,
                durationMs = Math.Round(r.Result.Duration.TotalMilliseconds, 1),
                file = r.Kept?.Id,
                message = r.Result.Message,
            }),
        });
    }

    /// <summary>The beginning of a text, and how much is missing.</summary>
    public static string Cut(string text, int characters)
    {
        if (text.Length <= characters) return text;
        var end = char.IsHighSurrogate(text[characters - 1]) ? characters - 1 : characters;
        return $"{text[..end]}\n… {text.Length - end} characters more\n";
    }
}
