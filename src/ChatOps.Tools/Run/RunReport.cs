using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Messages;

namespace ChatOps.Tools.Run;

/// <summary>Tells what happened: every node is accounted for once, equal outputs stand once.</summary>
internal static class RunReport
{
    public static ToolResult Of(IReadOnlyList<NodeRun> runs)
    {
        var failed = runs.Where(r => !r.Result.Succeeded).ToList();
        var status = failed.Count == 0 ? InvocationStatus.Done
            : runs.Any(r => r.Result.End == ExecutionEnd.Unknown) ? InvocationStatus.Unknown
            : failed.Count < runs.Count ? InvocationStatus.Partial
            : InvocationStatus.Failed;
        var failure = failed.Count == 0 ? FailureCode.None : Code(failed[0].Result);
        return new ToolResult(status, Summary(runs, failed), Message(runs), Data(runs, failed.Count), failure);
    }

    private static string Summary(IReadOnlyList<NodeRun> runs, List<NodeRun> failed)
    {
        if (runs is [var only]) return $"{only.Node}: {End(only.Result)}, {Seconds(only.Result.Duration)}";
        var slowest = Seconds(runs.Max(r => r.Result.Duration));
        return failed.Count == 0
            ? $"{runs.Count} of {runs.Count} nodes ok, {slowest}"
            : $"{runs.Count - failed.Count} of {runs.Count} nodes ok, {slowest}; not ok: {string.Join(", ", failed.Select(f => $"{f.Node} ({End(f.Result)})"))}";
    }

    private static RichMessage Message(IReadOnlyList<NodeRun> runs)
    {
        var blocks = new List<Block>();
        foreach (var group in runs.GroupBy(r => (r.Result.End, r.Result.ExitCode, r.Result.Output, r.Result.Message)))
        {
            var result = group.First().Result;
            var names = string.Join(", ", group.Select(r => r.Node));
            var title = $"{names} · {End(result)} · {Seconds(group.Max(r => r.Result.Duration))}";
            if (result.Message is { } message) blocks.Add(new TextBlock(PlainText.Escape($"{names}: {message}"), result.Succeeded ? Tone.Plain : ToneOf(result.End)));
            blocks.Add(new CodeBlock(result.Output.Length == 0 ? "(no output)" : result.Output, title));
        }

        blocks.AddRange(runs.Where(r => r.Kept is not null).Select(r => new FileBlock($"{r.Node}-output.txt", r.Kept!.Id, r.Kept.Bytes)));
        return new RichMessage(blocks);
    }

    private static string Data(IReadOnlyList<NodeRun> runs, int failed) => Json.Write(new
    {
        ok = runs.Count - failed,
        failed,
        nodes = runs.Select(r => new
        {
            node = r.Node,
            end = r.Result.End,
            exitCode = r.Result.ExitCode,
            output = r.Result.Output,
            totalBytes = r.Result.TotalBytes,
            omittedBytes = r.Result.OmittedBytes,
            durationMs = Math.Round(r.Result.Duration.TotalMilliseconds, 1),
            file = r.Kept?.Id,
            message = r.Result.Message,
        }),
    });

    private static string End(ExecutionResult result) => result.End switch
    {
        ExecutionEnd.Exited => $"exit {result.ExitCode}",
        ExecutionEnd.TimedOut => "timed out",
        ExecutionEnd.Cancelled => "stopped",
        ExecutionEnd.NotStarted => "not started",
        ExecutionEnd.Refused => "refused by the node",
        ExecutionEnd.Unreachable => "unreachable",
        _ => "outcome unknown",
    };

    private static FailureCode Code(ExecutionResult result) => result.End switch
    {
        ExecutionEnd.Exited => FailureCode.ExitStatus,
        ExecutionEnd.TimedOut => FailureCode.TimedOut,
        ExecutionEnd.Cancelled => FailureCode.Cancelled,
        ExecutionEnd.Unreachable => FailureCode.NodeUnreachable,
        ExecutionEnd.Refused => FailureCode.NotAllowed,
        ExecutionEnd.Unknown => FailureCode.Interrupted,
        _ => FailureCode.ToolFailed,
    };

    private static Tone ToneOf(ExecutionEnd end) => end == ExecutionEnd.Unknown ? Tone.Unknown : Tone.Failed;

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");
}
