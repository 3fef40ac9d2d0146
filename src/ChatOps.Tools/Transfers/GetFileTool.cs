using ChatOps.Fleet;
using ChatOps.Fleet.Facts;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Transfers;

/// <summary>
/// Gets a file of a node: hashed there, brought over as it is, and compared. What is kept and handed on has its secrets taken out; when that changed
/// anything, it is said, and both hashes are told.
/// </summary>
internal sealed partial class GetFileTool(ICommandRisk commands, NodeRunner runner, RealPaths paths, FileLooks looks, IOutputFiles files, ToolsOptions options) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var path = call.Arguments.Required("path");
        var line = Line(path);
        var judged = commands.Assess(line);
        return ValueTask.FromResult(new ToolAssessment(
            judged.Risk, judged.Rule, judged.Reason, $"Get {path} of {TypedRisk.Scope(call)}", line, new Dictionary<string, string> { ["Runs as"] = TypedRisk.Users(call) })
        {
            Problem = MachineText.PathProblem("path", path) ?? (SystemPaths.IsNever(path) ? $"'path': {path} is no file on a disk." : null) ?? (call.Targets.Count == 1 ? null : "A file is got of one node at a time; name it with --on."),
        });
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var node = call.Targets[0];
        var asked = call.Arguments.Required("path");
        var (path, refused) = await paths.FindAsync(call, node, asked, Line, cancellationToken);
        if (refused is not null) return RunReport.OfOne(refused, cancellationToken.IsCancellationRequested);
        var look = await looks.LookAsync(call, node, path, cancellationToken);
        if (look.Failed is { } failed) return RunReport.OfOne(failed, cancellationToken.IsCancellationRequested);
        if (!look.Exists) return ToolAnswer.Failed(FailureCode.NotFound, $"{asked} is not there on {node.Name}, or its user may not look.");
        if (!look.IsFile) return ToolAnswer.Failed(FailureCode.ToolFailed, $"{asked} on {node.Name} is no plain file but a {look.Kind}.");
        if (look.Sha256.Length == 0) return ToolAnswer.Failed(FailureCode.NotAllowed, $"{asked} on {node.Name} may not be read by the user there.");
        if (look.Bytes > options.MaxFileBytes)
            return ToolAnswer.Failed(FailureCode.ToolFailed, $"{asked} has {FactText.Size(look.Bytes)}; at most {FactText.Size(options.MaxFileBytes)} are got.");
        return await GetAsync(call, node, path, look, cancellationToken);
    }

    private async Task<ToolResult> GetAsync(ToolCall call, NodeInfo node, string path, FileLook look, CancellationToken cancellationToken)
    {
        var id = call.InvocationId;
        try
        {
            string found;
            using (var bytes = new ByteFile(files.RawPath(id), options.MaxFileBytes))
            {
                var command = NodeCommand.Of("cat", "--", path) with { Limits = new OutputLimits(0, 0, options.MaxFileBytes, null) };
                var run = await runner.RunAsync(call, node, command, bytes, cancellationToken);
                found = bytes.End();
                if (run.Outcome != NodeOutcome.Ok) return RunReport.OfOne(run with { Result = run.Result with { Message = run.Result.Message ?? "It could not be read to its end." } }, cancellationToken.IsCancellationRequested);
                if (bytes.Problem is { } problem) return ToolAnswer.Failed(FailureCode.ToolFailed, problem);
                if (bytes.Bytes != look.Bytes || found != look.Sha256)
                    return ToolAnswer.Failed(FailureCode.ToolFailed, $"{path} on {node.Name} changed while it was read ({bytes.Bytes} of {look.Bytes} bytes came, and the hash is another one). Ask again.");
            }

            var (size, sha256) = await files.KeepBytesAsync(id, CancellationToken.None);
            return Got(node, path, look, id, size, sha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ToolAnswer.Failed(FailureCode.ToolFailed, $"The file could not be kept on the gateway: {e.Message}");
        }
        finally
        {
            files.Discard(id);
        }
    }

    private static ToolResult Got(NodeInfo node, string path, FileLook look, string id, long size, string sha256)
    {
        var redacted = sha256 != look.Sha256;
        var summary = $"{path} of {node.Name}: {FactText.Size(look.Bytes)}, sha256 {look.Sha256}";
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(summary), Tone.Ok) };
        if (redacted) blocks.Add(new TextBlock("It holds secrets; they are taken out of the copy here, which therefore is not the file that is there."));
        blocks.Add(new FileBlock($"{node.Name}-{System.IO.Path.GetFileName(path)}", id, size));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new
        {
            node = node.Name, path, bytes = look.Bytes, sha256 = look.Sha256, mode = look.Mode, owner = look.Owner, file = id, fileBytes = size, fileSha256 = sha256, redacted,
        });
    }

    private static string Line(string path) => NodeCommand.Of("cat", "--", path).Line;
}
