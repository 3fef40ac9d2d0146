namespace ChatOps.Tools.Outside;

internal sealed partial class McpToolsTool
{
    public static readonly ToolManifest Definition = new("mcp_tools", McpParameters.Group, "The tools of MCP servers: those in use with their risk, and those that are not with the reason.", ["mcp tools"],
    [
        new("server", ParameterKind.Text, "Only this server's.", Position: 0),
    ])
    {
        Recorded = false,
        ReadsOutside = true,
        Examples = ["mcp tools", "mcp tools github"],
    };
}
