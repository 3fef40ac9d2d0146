namespace ChatOps.Cli.Mcp;

/// <summary>A program whose configuration is known: where its file is, and how an entry looks there.</summary>
/// <param name="Name">What <c>--client</c> takes.</param>
/// <param name="Title">As people know it.</param>
/// <param name="File">Where its configuration is, from the person's home.</param>
/// <param name="Section">The keys down to its servers.</param>
/// <param name="Typed">Whether an entry says that it is started and spoken to.</param>
internal sealed record McpClientKind(string Name, string Title, Func<McpClientPlaces, string> File, IReadOnlyList<string> Section, bool Typed)
{
    /// <summary>Those that are known.</summary>
    public static IReadOnlyList<McpClientKind> All { get; } =
    [
        new("claude-code", "Claude Code", p => p.InHome(".claude.json"), ["mcpServers"], Typed: true),
        new("claude-desktop", "Claude Desktop", p => p.InSettings("Claude", "claude_desktop_config.json"), ["mcpServers"], Typed: false),
        new("cursor", "Cursor", p => p.InHome(".cursor", "mcp.json"), ["mcpServers"], Typed: false),
        new("openclaw", "OpenClaw", p => p.InHome(".openclaw", "openclaw.json"), ["mcp", "servers"], Typed: false),
        new("vscode", "Visual Studio Code", p => p.InSettings("Code", "User", "mcp.json"), ["servers"], Typed: true),
    ];
}
