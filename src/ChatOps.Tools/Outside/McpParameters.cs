namespace ChatOps.Tools.Outside;

/// <summary>What the tools about MCP servers share.</summary>
internal static class McpParameters
{
    public const string Group = "mcp";
}
