namespace ChatOps.Tools.Outside;

internal sealed partial class McpServersTool
{
    public static readonly ToolManifest Definition = new("mcp_servers", McpParameters.Group, "The MCP servers whose tools are used here, and how they are.", ["mcp servers"], [])
    {
        Recorded = false,
        Examples = ["mcp servers"],
    };
}
