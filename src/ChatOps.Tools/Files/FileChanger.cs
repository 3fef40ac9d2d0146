using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Policy;

namespace ChatOps.Tools.Files;

/// <summary>
/// The one way in which files change: the diff is what people approve, and the change happens only to the very file that the diff was made
/// from (its digest is part of the plan).
/// </summary>
internal sealed class FileChanger(IFileArea files)
{
    private const string Before = "File before";
    private const string After = "File after";
    private const string NoFile = "none";

    /// <summary>What must hold after each of these changes.</summary>
    public static readonly PostCondition Condition = new("the file has the new content", (call, node) => new PostCheck(FilesReadTool.Definition.Name, new Dictionary<string, string>
    {
        ["path"] = call.Arguments.Required("path"), ["lines"] = "1", ["sha256"] = call.Assessment!.RunsAs[After]["sha256:".Length..], ["on"] = $"node={node!.Name}",
    }));

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, FileChangeRequest request, string verb, CancellationToken cancellationToken)
    {
        var preview = await files.PreviewAsync(request, cancellationToken);
        var change = preview.Value;
        return new ToolAssessment(
            Risk.Change, "change.files", change?.Created == true ? "It creates a file." : "It changes a file.", $"{verb} {request.Path} on {call.Targets[0].Name}", change?.Diff ?? "",
            new Dictionary<string, string>
            {
                ["Runs as"] = Environment.UserName,
                [Before] = string.IsNullOrEmpty(change?.DigestBefore) ? NoFile : $"sha256:{change.DigestBefore}",
                [After] = $"sha256:{change?.DigestAfter}",
            })
        {
            Problem = FileAnswer.Problem(call) ?? preview.Message,
        };
    }

    public async Task<ToolResult> ChangeAsync(ToolCall call, FileChangeRequest request, CancellationToken cancellationToken)
    {
        var before = call.Assessment!.RunsAs[Before];
        var result = await files.ChangeAsync(request with { ExpectedDigest = before == NoFile ? "" : before["sha256:".Length..] }, cancellationToken);
        if (!result.Succeeded) return FileAnswer.Failed(result);
        var change = result.Value;
        var summary = $"{(change.Created ? "Created" : "Changed")} {change.Path} ({change.SizeBytes} bytes)";
        return ToolAnswer.Done(
            summary,
            new RichMessage([new TextBlock(PlainText.Escape(summary), Tone.Ok), new CodeBlock(change.Diff, change.DiffComplete ? "diff" : "diff, shortened")]),
            change);
    }
}
