using System.CommandLine;
using ChatOps.Cli.Client;
using ChatOps.Cli.Mcp;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops mcp</c>: the tools for a program that speaks the Model Context Protocol on standard input and output.</summary>
internal static class McpCommand
{
    private const string Name = "mcp";

    /// <summary>Makes the command.</summary>
    public static void AddTo(RootCommand root, CliContext context)
    {
        // The tools about MCP servers stand below the same word.
        var command = root.Subcommands.First(c => c.Name == Name);
        command.Description = "Serve the tools to an MCP client (Claude Code, Cursor, …) on standard input and output; every call passes the gate as you.";
        var noWait = new Option<bool>("--no-wait") { Description = "A call that people must decide answers 'waiting' at once." };
        var wait = new Option<string?>("--wait") { HelpName = "D", Description = "How long such a call waits before it answers 'waiting' (for example 50s or 10m; default Mcp:Wait)." };
        command.Add(noWait);
        command.Add(wait);
        McpInstallCommand.AddTo(command, context, McpClientPlaces.Own(), TimeProvider.System);
        command.SetAction((result, cancellationToken) => RunAsync(context, context.Global(result), result.GetValue(noWait), result.GetValue(wait), cancellationToken));
    }

    private static async Task<int> RunAsync(CliContext context, GlobalValues global, bool noWait, string? wait, CancellationToken cancellationToken)
    {
        if (wait is not null && (noWait || !ArgumentText.TryDuration(wait, out _)))
            throw new CliFailureException(ExitCodes.Usage, "usage", noWait ? "Give --wait or --no-wait, not both." : $"--wait: '{wait}' is no duration such as 50s or 10m.");
        if (context.Streams.InputIsTerminal)
            context.Say("An MCP client starts this and speaks to it on standard input; `chatops mcp install --client NAME` sets one up. Ctrl+D ends it.");
        var path = noWait ? "/mcp?wait=false" : wait is null ? "/mcp" : $"/mcp?wait={Uri.EscapeDataString(wait)}";
        async Task<GatewayConnection> ConnectAsync(CancellationToken stop)
        {
            var connection = await GatewayFinder.ConnectAsync(global, null, stop);
            if (connection.IsOwn)
                context.Say("No gateway runs here, so this command is one until it ends: there is no chat to be asked in, and what waits is decided by `chatops approvals`. `chatops gateway` is started before it, not beside it.");
            return connection;
        }

        await using var bridge = new McpBridge(ConnectAsync, context.Streams.Output, path, context.Say);
        try
        {
            await bridge.RunAsync(context.Streams.Input, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A client ends it so as well.
        }

        return ExitCodes.Done;
    }
}
