using ChatOps.Messages;
using ChatOps.Outside;
using ChatOps.Policy;

namespace ChatOps.Tools.Outside;

/// <summary>A call of a tool of somebody else's server. Its risk is what policy.yaml says; without that it asks each time. What is approved is bound to the definition that it had.</summary>
internal sealed class OutsideCallTool(OutsideTool tool, IOutsideTools outside, IOutsideRisks risks) : ITool
{
    private const string Unrated = "mcp.unrated";

    public ToolManifest Manifest => tool.Manifest;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var rated = risks.Of(tool.Manifest.Name);
        return ValueTask.FromResult(new ToolAssessment(
            rated?.Risk ?? Risk.Dangerous, rated?.Place ?? Unrated,
            rated is null ? $"Nobody gave {tool.Manifest.Name} a risk in policy.yaml (mcp:)." : $"policy.yaml rates it {rated.Value.Risk.ToString().ToLowerInvariant()}.",
            $"Call {tool.Name} of the MCP server {tool.Server}", call.Arguments.Json,
            new Dictionary<string, string> { ["server"] = tool.Server, ["definition"] = tool.Hash })
        {
            Problem = outside.Problem(tool, call.Arguments) is { } problem ? $"{problem} Nothing was called." : null,
        });
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var result = await outside.CallAsync(tool, call.Arguments, progress, cancellationToken);
        var data = Json.Write(new { server = tool.Server, tool = tool.Name, text = result.Text, data = result.DataJson is { } json ? System.Text.Json.JsonDocument.Parse(json).RootElement : (System.Text.Json.JsonElement?)null });
        var what = $"{tool.Server}: {tool.Name}";
        return result.End switch
        {
            OutsideEnd.Done => new(InvocationStatus.Done, $"{what} answered.", new RichMessage([new CodeBlock(result.Text)]), data),
            OutsideEnd.Failed => new(InvocationStatus.Failed, $"{what} answered that it failed.", new RichMessage([new CodeBlock(result.Text)]), data, FailureCode.ToolFailed),
            OutsideEnd.NotCalled => ToolAnswer.Failed(FailureCode.ToolFailed, result.Text),
            // A read may be tried again; whatever else was lost on the way may have had its effect.
            _ when risks.Of(tool.Manifest.Name)?.Risk == Risk.Read => ToolAnswer.Failed(FailureCode.ToolFailed, result.Text),
            _ => new(InvocationStatus.Unknown, result.Text, new RichMessage([new TextBlock(PlainText.Escape(result.Text), Tone.Failed)]), data, FailureCode.Interrupted),
        };
    }
}
