using ChatOps.Checks;
using ChatOps.Messages;

namespace ChatOps.Tools.Checks;

/// <summary>Looks at checks now. What changes by it is said where it always is.</summary>
internal sealed partial class CheckRunTool(IChecks checks) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read($"Look at {call.Arguments.Required("name")} now");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        if (await checks.RunAsync(name, cancellationToken) is not { } states) return CheckText.Missing(checks, name);
        var summary = states.Count == 0 ? "No node matches; nothing was looked at." : $"{CheckText.Counts(states)}.";
        return ToolAnswer.Done(summary, new RichMessage([new TextBlock(PlainText.Escape(summary)), .. CheckText.Table(states)]), new { states = states.Select(CheckText.Data) });
    }
}
