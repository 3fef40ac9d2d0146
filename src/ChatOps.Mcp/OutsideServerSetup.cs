using ChatOps.Diagnostics;
using ChatOps.Mcp.Using;
using ChatOps.Outside;

namespace ChatOps.Mcp;

/// <summary>What can be said of the configured servers without connecting to them: nothing is started and nothing is written.</summary>
public static class OutsideServerSetup
{
    /// <summary>Looks.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="dataDirectory">Where it is kept which definitions were accepted.</param>
    /// <param name="running">Whether a gateway runs there, which knows how they are.</param>
    public static IEnumerable<OutsideFinding> Look(McpOptions options, string dataDirectory, bool running)
    {
        var pins = new ToolPins(dataDirectory, TimeProvider.System);
        if (options.Servers.Count > 0 && pins.Problem is { } problem) yield return new("mcp.lock", PartState.Failed, problem, "Restore the file from a backup, or move it away and accept the tools again: chatops mcp tools");
        foreach (var server in options.Servers)
        {
            var program = server.Command is { } command ? CommandWords.Split(command)![0] : null;
            if (program is not null && !CanBeFound(program))
                yield return new($"mcp.{server.Name}.program", PartState.Failed, $"MCP server {server.Name}: there is no program {program}.", "Install it, or correct Mcp:Servers; a program is looked for in the PATH of whoever starts the gateway.");
            foreach (var name in server.Environment.Where(n => Environment.GetEnvironmentVariable(n) is null))
                yield return new($"mcp.{server.Name}.variable", PartState.Degraded, $"MCP server {server.Name}: the variable {name} is not set here, so its program would start without it.", "Set it for whoever starts the gateway, or take it out of Environment.");
            if (!running)
                yield return new($"mcp.{server.Name}.untried", PartState.Ok, $"MCP server {server.Name}: {pins.Count(server.Name)} definitions of its tools were accepted. Only a running gateway connects to it; start one and look again.");
        }
    }

    private static bool CanBeFound(string program) => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(d => File.Exists(Path.Combine(d, program)));
}
