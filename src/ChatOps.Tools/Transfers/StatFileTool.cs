using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Transfers;

/// <summary>Says what a file on nodes is, without its content; the same file on many nodes is compared by its hash.</summary>
internal sealed partial class StatFileTool(ICommandRisk commands, TargetRuns targets, RealPaths paths, FileLooks looks) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var path = call.Arguments.Required("path");
        var line = FileLooks.Line(path);
        var judged = commands.Assess(line);
        return ValueTask.FromResult(new ToolAssessment(
            judged.Risk, judged.Rule, judged.Reason, $"Look at {path} on {TypedRisk.Scope(call)}", line, new Dictionary<string, string> { ["Runs as"] = TypedRisk.Users(call) })
        {
            Problem = MachineText.PathProblem("path", path) ?? (call.Arguments.Text("sha256") is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)) ? "'sha256' has 64 hexadecimal digits." : null),
        });
    }

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) =>
        targets.RunAsync(call, progress, false, (node, _, stop) => OneAsync(call, node, stop), cancellationToken);

    private async Task<NodeRun> OneAsync(ToolCall call, NodeInfo node, CancellationToken cancellationToken)
    {
        var wanted = call.Arguments.Text("sha256");
        var (path, refused) = await paths.FindAsync(call, node, call.Arguments.Required("path"), FileLooks.Line, cancellationToken);
        if (refused is not null) return refused;
        var look = await looks.LookAsync(call, node, path, cancellationToken);
        if (look.Failed is { } failed) return failed;
        var text = !look.Exists ? $"{path} is not there, or its user may not look.\n"
            : string.Create(CultureInfo.InvariantCulture, $"{path}: {look.Kind}, {look.Bytes} bytes, mode {look.Mode}, owner {look.Owner}\nsha256 {(look.Sha256.Length == 0 ? "not readable by this user" : look.Sha256)}\n");
        // A hash that may not be read is neither the one that is asked for nor another one.
        var end = wanted is not null && look is { Exists: true, Sha256.Length: 0 } ? ExecutionEnd.Unknown : ExecutionEnd.Exited;
        var differs = !look.Exists || (wanted is not null && !string.Equals(look.Sha256, wanted, StringComparison.OrdinalIgnoreCase));
        var message = differs && wanted is not null && look.Exists && end == ExecutionEnd.Exited ? "It is another content than the one that was asked for." : null;
        return new NodeRun(node.Name, new ExecutionResult(end, end == ExecutionEnd.Exited ? differs ? 1 : 0 : null, text, text.Length, 0, null, TimeSpan.Zero, message), null);
    }
}
