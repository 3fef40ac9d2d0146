namespace ChatOps.Tools.Outside;

internal sealed partial class McpReviewTool
{
    public static readonly ToolManifest Definition = new("mcp_review", McpParameters.Group, "Accept the definition that a tool of an MCP server has now, so that it can be used. The card shows it whole.", ["mcp review"],
    [
        new("tool", ParameterKind.Text, "The tool's name here, as 'mcp tools' lists it.", Required: true, Position: 0),
    ])
    {
        ReadsOutside = true,
        Examples = ["mcp review mcp_github_create_issue"],
    };
}
