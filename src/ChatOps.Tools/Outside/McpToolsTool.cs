using ChatOps.Messages;
using ChatOps.Outside;

namespace ChatOps.Tools.Outside;

/// <summary>Lists the tools of MCP servers.</summary>
internal sealed partial class McpToolsTool(IOutsideTools outside, IOutsideRisks risks) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List tools of MCP servers");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var server = call.Arguments.Text("server");
        if (server is not null && outside.Servers.All(s => s.Name != server))
            return Task.FromResult(ToolAnswer.Failed(FailureCode.NotFound, $"There is no MCP server '{server}'. 'mcp servers' lists them."));
        var all = outside.All.Where(t => server is null || t.Server == server).ToList();
        var used = all.Count(t => t.WhyNot is null);
        var summary = $"{used} tool{(used == 1 ? "" : "s")} of MCP servers in use" + (used < all.Count ? $", {all.Count - used} not." : ".");
        var rows = all.Select(t => (IReadOnlyList<string>)[t.Manifest.Name, t.WhyNot is null ? Risk(t) : "off", t.WhyNot ?? t.Manifest.Summary]).ToList();
        return Task.FromResult(ToolAnswer.Done(
            summary, rows.Count == 0 ? RichMessage.Text(summary) : new RichMessage([new TextBlock(summary), new TableBlock(["Tool", "Risk", "What it is"], rows)]),
            all.Select(t => new { name = t.Manifest.Name, server = t.Server, used = t.WhyNot is null, reason = t.WhyNot, risk = Risk(t), hash = t.Hash, description = t.Manifest.Summary, findings = t.Findings.Select(f => new { id = f.Id, reason = f.Reason }).ToList() }).ToList()));
    }

    private string Risk(OutsideTool tool) => risks.Of(tool.Manifest.Name) is { } rated ? rated.Risk.ToString().ToLowerInvariant() : "not rated: asks each time";
}
