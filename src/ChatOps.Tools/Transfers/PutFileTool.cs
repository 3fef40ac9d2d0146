using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Fleet.Facts;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Transfers;

/// <summary>
/// Puts a file on nodes. What people approve is the path, the hash of the content and the hash of what is there now; the node replaces exactly that by
/// exactly this, or nothing. The content goes to a daemon under the signed plan that holds its hash.
/// </summary>
internal sealed partial class PutFileTool(ICommandRisk commands, NodeRunner runner, TargetRuns targets, FileLooks looks, IUploads uploads, TimeProvider time) : ITool
{
    /// <summary>Nodes that are looked at before; with more, what is there is not part of the plan.</summary>
    private const int MaxLooked = 5;
    private const string Before = "File before";
    private const string FileAfter = "File after";

    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var dry = call.Arguments.Flag("dry_run");
        if (!PutRequest.TryRead(call, uploads, out var request, out var problem))
            return new ToolAssessment(Risk.Change, "change.put_file", "It changes a file.", "Put a file", "", new Dictionary<string, string>()) { Problem = problem };

        // What tee would be asked about, this is asked about too.
        var judged = commands.Assess(NodeCommand.Of("tee", "--", request.Path).Line);
        var dangerous = judged.Risk < Risk.Dangerous && (SystemPaths.IsDangerous(request.Path) || request.GivesRights);
        var runsAs = Details(call, request);
        var shown = call.Targets.Count <= MaxLooked;
        var found = shown ? await Task.WhenAll(call.Targets.Select(n => looks.LookAsync(call, n, request.Path, cancellationToken))) : [];
        foreach (var look in found) runsAs[BeforeLabel(call, look.Node)] = look.BeforeText;
        if (!shown) runsAs[Before] = $"not looked at ({call.Targets.Count} nodes): whatever is there is replaced";
        var diff = found.FirstOrDefault(l => l.Failed is null) is { } first ? await DiffAsync(call, request, first, cancellationToken) : "";
        var title = $"Put {request.Path} ({FactText.Size(request.Bytes)}) on {TypedRisk.Scope(call)}";
        if (dry) return new ToolAssessment(Risk.Read, "read.dry_run", "It only shows what would change.", $"Dry run: {title}", diff, runsAs) { Problem = Unsuitable(found) };
        return new ToolAssessment(
            judged.Risk == Risk.Forbidden ? Risk.Forbidden : dangerous || judged.Risk == Risk.Dangerous ? Risk.Dangerous : Risk.Change,
            judged.Risk >= Risk.Dangerous ? judged.Rule : dangerous ? "dangerous.system_path" : "change.put_file",
            judged.Risk >= Risk.Dangerous ? judged.Reason
            : dangerous ? "It decides what the machine is, or who may enter it."
            : "It changes a file.",
            title, diff, runsAs)
        {
            Problem = Unsuitable(found),
        };
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (!PutRequest.TryRead(call, uploads, out var request, out var problem)) return ToolAnswer.Refused(FailureCode.BadArguments, problem);
        if (call.Arguments.Flag("dry_run")) return DryRun(call, request);
        var upload = request.Upload;
        if (upload is null)
        {
            using var text = new MemoryStream(request.Text!);
            upload = await uploads.AddAsync(call.Principal.Id, text, cancellationToken);
        }

        var input = new ExecutionInput(upload!.Path, upload.Bytes, request.Sha256);
        var stamp = time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return await targets.RunAsync(call, progress, false, (node, _, stop) => OneAsync(call, request, node, input, stamp, stop), cancellationToken);
    }

    private async Task<NodeRun> OneAsync(ToolCall call, PutRequest request, NodeInfo node, ExecutionInput input, string stamp, CancellationToken cancellationToken)
    {
        var before = call.Assessment!.RunsAs.GetValueOrDefault(BeforeLabel(call, node.Name));
        var expected = before == "none" ? PutScript.None : before?.StartsWith("sha256:", StringComparison.Ordinal) == true ? before["sha256:".Length..] : PutScript.Any;
        string[] words =
        [
            "sh", "-c", PutScript.Text, "put_file", request.Path, request.Sha256, request.Bytes.ToString(CultureInfo.InvariantCulture), request.Mode, request.Owner, request.Backup ? "true" : "", expected, stamp,
        ];
        var command = NodeCommand.Of(words) with { Line = $"put_file {request.Path} {request.Sha256}", Input = input };
        return Told(request, await runner.RunAsync(call, node, command, NoOutput.Instance, cancellationToken));
    }

    private static NodeRun Told(PutRequest request, NodeRun run)
    {
        if (run.Result.End != ExecutionEnd.Exited) return run;
        if (run.Result.ExitCode != 0) return run with { Result = run.Result with { Output = "", Message = run.Result.Output.Trim() } };
        var facts = run.Result.Output.Split('\n').Select(l => l.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var before = facts.GetValueOrDefault("before", "");
        var kept = facts.GetValueOrDefault("backup", "");
        var text = $"{request.Path}: {(before == PutScript.None ? "created" : before == request.Sha256 ? "had this content already" : "replaced")}, {FactText.Size(request.Bytes)}, "
            + $"mode {facts.GetValueOrDefault("mode")}, owner {facts.GetValueOrDefault("owner")}\nsha256 {request.Sha256}\n" + (kept.Length == 0 ? "" : $"the earlier one is kept as {kept}\n");
        return run with { Result = run.Result with { Output = text, TotalBytes = text.Length } };
    }

    private async Task<string> DiffAsync(ToolCall call, PutRequest request, FileLook look, CancellationToken cancellationToken)
    {
        if (look.Exists && look.Sha256 == request.Sha256) return $"{look.Node} has this content already.";
        var after = request.Text is { } bytes ? FileLooks.Text(bytes) : request.Bytes > FileLooks.MaxText ? null : FileLooks.Text(await File.ReadAllBytesAsync(request.Upload!.Path, cancellationToken));
        if (after is null) return $"New content, not shown as text: {request.Bytes} bytes, sha256 {request.Sha256}";
        // What may not be read without a decision is not shown to those who decide about a write either.
        if (look.Exists && commands.Assess(NodeCommand.Of("cat", "--", request.Path).Line).Risk != Risk.Read) return $"What is there now is protected and not shown. New content:\n{LineDiff.Of("", after, out _)}";
        var node = call.Targets.First(n => n.Name == look.Node);
        return await looks.TextAsync(call, node, look, request.Path, cancellationToken) is { } now
            ? (call.Targets.Count > 1 ? $"On {look.Node}:\n" : "") + LineDiff.Of(now, after, out _)
            : $"What is there now is no text, or too long to show ({look.Bytes} bytes). New content:\n{LineDiff.Of("", after, out _)}";
    }

    private ToolResult DryRun(ToolCall call, PutRequest request)
    {
        var summary = $"Nothing was changed. It would put {request.Path} ({FactText.Size(request.Bytes)}) on {TypedRisk.Scope(call)}.";
        var assessment = call.Assessment!;
        return ToolAnswer.Done(
            summary,
            new RichMessage([new TextBlock(PlainText.Escape(summary)), new FieldsBlock([.. assessment.RunsAs.Select(r => new Field(r.Key, r.Value))]), new CodeBlock(assessment.Preview.Length == 0 ? "(no difference)" : assessment.Preview, "diff")]),
            new { dryRun = true, path = request.Path, bytes = request.Bytes, sha256 = request.Sha256, diff = assessment.Preview, settings = assessment.RunsAs, nodes = call.Targets.Select(n => n.Name) });
    }

    private Dictionary<string, string> Details(ToolCall call, PutRequest request)
    {
        var details = new Dictionary<string, string>
        {
            ["Runs as"] = TypedRisk.Users(call),
            ["Size"] = $"{request.Bytes} bytes",
            [FileAfter] = $"sha256:{request.Sha256}",
            ["Mode"] = request.Mode.Length == 0 ? "as it is, or 0644" : request.Mode,
            ["Timeout"] = string.Create(CultureInfo.InvariantCulture, $"{runner.Timeout(call).TotalSeconds:0.###} s"),
        };
        if (request.Owner.Length > 0) details["Owner"] = request.Owner;
        if (request.Backup) details["Backup"] = "what is there now is kept beside it";
        return details;
    }

    private static string? Unsuitable(FileLook[] found) =>
        found.FirstOrDefault(l => l.Exists && !l.IsFile) is { } other ? $"On {other.Node} there is no plain file at that path but a {other.Kind}; name a file." : null;

    private static string BeforeLabel(ToolCall call, string node) => call.Targets.Count == 1 ? Before : $"{Before} on {node}";
}
