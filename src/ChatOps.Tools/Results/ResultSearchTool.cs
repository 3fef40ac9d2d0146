using System.Globalization;
using System.Text;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Results;

/// <summary>Looks into kept results, for whoever asked for them and for those who may read the audit. To everybody else they look as if they were not there.</summary>
internal sealed partial class ResultSearchTool(IStore store, IAuthorizer authorizer, IOutputFiles files) : ITool
{
    /// <summary>Lines of one answer.</summary>
    private const int MaxLines = 200;
    private const int DefaultLines = 40;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read($"Look into the result {call.Arguments.Required("id")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (id, text, node) = (call.Arguments.Required("id"), call.Arguments.Text("text"), call.Arguments.Text("node"));
        var row = await store.ReadAsync(s => s.Invocations.Find(id), cancellationToken);
        if (row is null || (row.Principal != call.Principal.Id && !authorizer.CouldUse(call.Principal, "audit_show", "audit")))
            return ToolAnswer.Failed(FailureCode.NotFound, $"There is no result '{id}' that you may see.");
        if (node is not null && !row.Targets.Contains(node)) return ToolAnswer.Failed(FailureCode.NotFound, $"The result has no node '{node}'.");
        var file = node is null || row.Targets.Count == 1 ? id : $"{id}.{node}";
        if (files.IsBinary(file)) return ToolAnswer.Failed(FailureCode.NotFound, "That result is a file and no text.");
        await using var kept = files.Open(file);
        var whole = kept is null ? Shown(row) : null;
        if (kept is null && whole is null) return ToolAnswer.Failed(FailureCode.NotFound, "Nothing of that result is kept: it had no output, or its time is over. The record still says what ran.");

        using var reader = kept is null ? (TextReader)new StringReader(whole!) : new StreamReader(kept, Encoding.UTF8);
        var count = (int)Math.Clamp(call.Arguments.Number("lines") ?? DefaultLines, 1, MaxLines);
        var found = await ResultLines.ReadAsync(reader, text is { Length: > 0 } ? text : null, Math.Max(1, call.Arguments.Number("from") ?? 1), count, call.Arguments.Flag("tail"), cancellationToken);
        return Answer(id, text, found);
    }

    // What was short enough to be shown whole was never put into a file.
    private static string? Shown(InvocationRow row) =>
        row.OutcomeJson is { } json && Json.Read<InvocationOutcome>(json).Result is { } result ? Rendering.PlainMessage.Of(result.Message) : null;

    private static ToolResult Answer(string id, string? text, ResultLines found)
    {
        var what = text is { Length: > 0 } ? $"{found.Matching} of {found.Total} lines hold \"{text}\"" : $"{found.Total} lines";
        var left = found.Matching - found.Lines.Count;
        var summary = found.Lines.Count == 0 ? $"{what}."
            : string.Create(CultureInfo.InvariantCulture, $"{what}; shown: {found.Lines.Count}, lines {found.Lines[0].Number} to {found.Lines[^1].Number}.{(left > 0 ? $" {left} more: narrow the text, or go on with from." : "")}");
        var width = found.Lines.Count == 0 ? 0 : found.Lines[^1].Number.ToString(CultureInfo.InvariantCulture).Length;
        var shown = string.Join('\n', found.Lines.Select(l => $"{l.Number.ToString(CultureInfo.InvariantCulture).PadLeft(width)}  {l.Text}"));
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(summary)) };
        if (shown.Length > 0) blocks.Add(new CodeBlock(shown, $"result {id}"));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new { id, total = found.Total, matching = found.Matching, lines = found.Lines.Select(l => new { number = l.Number, text = l.Text }) });
    }
}
