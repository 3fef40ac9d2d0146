using ChatOps.Checks;

namespace ChatOps.Tools.Checks;

/// <summary>Ends silences.</summary>
internal sealed partial class CheckUnsilenceTool(IChecks checks) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "check.unsilence", "People are told again of what it finds.", $"End the silence of {CheckSilence.Named(call.Arguments.Required("name"), call.Arguments.Text("node"))}", $"check unsilence {call.Arguments.Required("name")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (name, node) = (call.Arguments.Required("name"), call.Arguments.Text("node"));
        var count = await checks.UnsilenceAsync(name == CheckSilence.All ? CheckSilence.EveryCheck : name, node, cancellationToken);
        return count == 0
            ? ToolAnswer.Failed(FailureCode.NotFound, $"{CheckSilence.Named(name, node)} is not silenced.")
            : ToolAnswer.Done($"{count} silence{(count == 1 ? " is" : "s are")} over.", new { count });
    }
}
