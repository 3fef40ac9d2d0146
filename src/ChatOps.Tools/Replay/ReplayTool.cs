using System.Globalization;
using ChatOps.Messages;
using ChatOps.Models;

namespace ChatOps.Tools.Replay;

/// <summary>Tries a model or a policy on what happened before, and says what would have been otherwise. That anything differs is told by its end, for scripts.</summary>
internal sealed partial class ReplayTool(IReplays replays, IUploads uploads) : ITool
{
    private const int MaxTurns = 100;
    private const int MaxPolicy = 256 * 1024;

    /// <summary>Turns that are shown in full; more stand in the data.</summary>
    private const int MaxShown = 20;
    private const int MaxCell = 300;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read($"Replay {call.Arguments.Required("conversation")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var a = call.Arguments;
        string? policy = null;
        if (a.Text("policy") is { } id)
        {
            if (uploads.Find(call.Principal.Id, id) is not { } upload) return ToolAnswer.Refused(FailureCode.BadArguments, "'policy' is no upload of yours. On a command line name a file there; over HTTP upload it first (POST /api/uploads).");
            if (upload.Bytes > MaxPolicy) return ToolAnswer.Refused(FailureCode.BadArguments, $"The policy has {upload.Bytes} bytes; at most {MaxPolicy} are read.");
            policy = await File.ReadAllTextAsync(upload.Path, cancellationToken);
        }

        var request = new ReplayRequest(a.Required("conversation"), a.Text("model"), policy, (int)Math.Clamp(a.Number("turns") ?? MaxTurns, 1, MaxTurns));
        var report = await replays.RunAsync(request, call.Principal, cancellationToken);
        return report is { Turns.Count: 0, Problem: { } problem } ? ToolAnswer.Failed(FailureCode.NotFound, problem) : Answer(request, report);
    }

    private static ToolResult Answer(ReplayRequest request, ReplayReport report)
    {
        var different = report.Turns.Where(t => !t.IsSame).ToList();
        var against = string.Join(" and ", new[] { request.Model is { } m ? $"the model '{m}'" : null, request.PolicyText is null ? null : "the given policy" }.OfType<string>());
        var summary = string.Create(CultureInfo.InvariantCulture,
            $"{report.Turns.Count} turns replayed{(against.Length == 0 ? " against what is in force" : $" against {against}")}: {report.Turns.Count - different.Count} the same, {different.Count} differ.{(report.Problem is { } p ? $" It ended early: {p}" : "")}");
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(summary), different.Count == 0 && report.Problem is null ? Tone.Ok : Tone.Failed) };
        foreach (var turn in different.Take(MaxShown))
        {
            blocks.Add(new TextBlock(PlainText.Escape($"\"{turn.Asked}\" ({turn.MessageId}): {Differs(turn)}")));
            blocks.Add(new TableBlock(["", "Recorded", "Now"], Rows(turn)));
        }

        if (different.Count > MaxShown) blocks.Add(new TextBlock($"and {different.Count - MaxShown} more turns; the data (--json) has all."));
        var status = report.Problem is not null || different.Count > 0 ? InvocationStatus.Failed : InvocationStatus.Done;
        var data = new
        {
            conversation = request.ConversationId, model = request.Model, otherPolicy = request.PolicyText is not null, problem = report.Problem, different = different.Count,
            turns = report.Turns.Select(t => new { message = t.MessageId, asked = t.Asked, same = t.IsSame, sameCalls = t.SameCalls, sameVerdicts = t.SameVerdicts, sameAnswer = t.SameAnswer, recorded = Side(t.Before, t.AnswerBefore), now = Side(t.Now, t.AnswerNow) }),
        };
        return new ToolResult(status, summary, new RichMessage(blocks), Json.Write(data), status == InvocationStatus.Done ? FailureCode.None : FailureCode.ToolFailed);
    }

    private static object Side(IReadOnlyList<ReplayedCall> calls, string? answer) =>
        new { calls = calls.Select(c => new { tool = c.Tool, arguments = c.ArgumentsJson, verdict = Word(c), why = c.Why, hasResult = c.Recorded }), answer };

    private static string Differs(ReplayedTurn turn) =>
        string.Join(", ", new[] { turn.SameCalls ? null : "other calls", turn.SameVerdicts ? null : "judged otherwise", turn.SameAnswer ? null : "another answer" }.OfType<string>());

    private static List<IReadOnlyList<string>> Rows(ReplayedTurn turn)
    {
        var rows = new List<IReadOnlyList<string>>();
        for (var i = 0; i < Math.Max(turn.Before.Count, turn.Now.Count); i++)
            rows.Add([$"call {i + 1}", Cell(turn.Before, i), Cell(turn.Now, i)]);
        if (!turn.SameAnswer) rows.Add(["answer", Short(turn.AnswerBefore), Short(turn.AnswerNow!)]);
        return rows;
    }

    private static string Cell(IReadOnlyList<ReplayedCall> calls, int index) =>
        index >= calls.Count ? "" : Short($"{Word(calls[index])}: {calls[index].Tool} {calls[index].ArgumentsJson}{(calls[index].Why.Length > 0 ? $" ({calls[index].Why})" : "")}{(calls[index].Recorded ? "" : " · not recorded")}");

    private static string Word(ReplayedCall call) => call.Verdict.ToString().ToLowerInvariant();

    private static string Short(string text) => Run.RunReport.Cut(text.ReplaceLineEndings(" "), MaxCell).ReplaceLineEndings(" ").Trim();
}
