using ChatOps.Messages;
using ChatOps.Outside;

namespace ChatOps.Tools.Outside;

/// <summary>Lists MCP servers.</summary>
internal sealed partial class McpServersTool(IOutsideTools outside) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List MCP servers");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var all = outside.Servers;
        var up = all.Count(s => s.Connected);
        var summary = all.Count == 0 ? "No MCP server is configured (Mcp:Servers)." : $"{up} of {all.Count} MCP server{(all.Count == 1 ? "" : "s")} connected.";
        var rows = all.Select(s => (IReadOnlyList<string>)[s.Name, s.Connected ? "connected" : "not connected", $"{outside.All.Count(t => t.Server == s.Name)}", s.State]).ToList();
        return Task.FromResult(ToolAnswer.Done(
            summary, rows.Count == 0 ? RichMessage.Text(summary) : new RichMessage([new TextBlock(summary), new TableBlock(["Server", "State", "Tools", "How it is"], rows)]),
            all.Select(s => new { name = s.Name, address = s.Address, connected = s.Connected, state = s.State, tools = outside.All.Count(t => t.Server == s.Name) }).ToList()));
    }
}
