using ChatOps.Outside;
using ChatOps.Policy;

namespace ChatOps.Tools.Outside;

/// <summary>Lets a tool of a server be used whose definition is new, changed or suspicious. What is accepted is exactly the definition on the card.</summary>
internal sealed partial class McpReviewTool(IOutsideTools outside) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("tool");
        var tool = outside.Find(name);
        var findings = tool is null ? "" : string.Concat(tool.Findings.Select(f => $"! {f.Id}: {f.Reason}\n"));
        return ValueTask.FromResult(new ToolAssessment(
            Risk.Dangerous, "mcp.review", "What a model is told of it, and what it is called with, comes from somebody else's server.", $"Use {name} of an MCP server as it is defined now",
            tool is null ? name : $"{findings}{tool.Definition}", new Dictionary<string, string> { ["server"] = tool?.Server ?? "", ["definition"] = tool?.Hash ?? "" })
        {
            Problem = tool is null ? $"No connected MCP server has a tool '{name}'. 'mcp tools' lists them." : tool.WhyNot is null ? $"{name} is in use as it is defined now." : null,
        });
    }

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("tool");
        return Task.FromResult(outside.Accept(name, call.Assessment!.RunsAs["definition"], call.Principal.Id)
            ? ToolAnswer.Done($"{name} is in use.", new { name })
            : ToolAnswer.Failed(FailureCode.PlanDrifted, $"{name} is not defined any more as it was on the card. Nothing was accepted; look at it again."));
    }
}
