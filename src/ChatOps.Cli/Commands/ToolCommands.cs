using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Agent.Commands;
using ChatOps.Cli.Client;
using ChatOps.Cli.Terminal;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary>Every tool as a command: the gate of the running gateway (or of one in this process) does it, and this shows what came of it.</summary>
internal static class ToolCommands
{
    private const string NoWait = "--no-wait";
    private const string Live = "--live";
    private const int Attempts = 5;

    /// <summary>Gives every tool's command the option not to wait for an approval.</summary>
    public static void AddNoWait(RootCommand root, IReadOnlyList<ToolManifest> manifests)
    {
        foreach (var manifest in manifests.Where(m => m.GivesFile))
        {
            foreach (var command in manifest.Commands.Select(path => Find(root, path)).OfType<Command>()) FileArguments.AddOutput(command);
        }

        foreach (var manifest in manifests.Where(m => !m.NeverAsks && m.Recorded))
        {
            foreach (var path in manifest.Commands)
            {
                Find(root, path)?.Add(new Option<bool>(NoWait) { Description = "Do not wait for an approval: exit with 4 and leave it pending." });
            }
        }
    }

    private static Command? Find(Command root, string path)
    {
        Command? command = root;
        foreach (var word in path.Split(' ')) command = command?.Subcommands.FirstOrDefault(c => c.Name == word);
        return command;
    }

    /// <summary>Gives <c>fleet status</c> its dashboard.</summary>
    public static void AddLive(RootCommand root) =>
        root.Subcommands.First(c => c.Name == "fleet").Subcommands.First(c => c.Name == "status")
            .Add(new Option<bool>(Live) { Description = "Draw it again every second, with what runs, until q or Ctrl+C; where the output is no terminal it is printed once." });

    /// <summary>Runs a tool.</summary>
    public static async Task<int> RunAsync(CliContext context, ParsedCommand command, ParseResult result, CancellationToken cancellationToken)
    {
        if (!command.Understood) throw new CliFailureException(ExitCodes.Usage, "usage", command.Error);
        var global = context.Global(result);
        if (command.Tool.Name == PolicyExplainCommand.Tool) return await PolicyExplainCommand.RunAsync(context, global, command.Arguments, cancellationToken);

        if (SkillsCheckCommand.IsHere(command, global)) return SkillsCheckCommand.Run(context, global, command.Arguments);

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(context, command, result, cancellationToken);
            }
            catch (CliFailureException e) when (e.Code == GatewayClient.Unreachable && global.Gateway is null && attempt < Attempts)
            {
                // It was another command's gateway, and that command has just ended. Nothing was sent: look again.
            }
        }
    }

    private static async Task<int> RunOnceAsync(CliContext context, ParsedCommand command, ParseResult result, CancellationToken cancellationToken)
    {
        var global = context.Global(result);
        await using var connection = await GatewayFinder.ConnectAsync(global, null, cancellationToken);
        var live = new LiveOutput(context.Streams, global.Json);
        if (Given(result, Live))
        {
            if (context.Streams.OutputIsTerminal && !global.Json) return await new FleetDashboard(context.Streams, connection.Client, command.Arguments!, TimeProvider.System).RunAsync(cancellationToken);
            context.Say("The output is no terminal, so this is the fleet as it is now, once.");
        }

        var lines = global.Json && NodeLines.Apply(command, result.CommandResult.Command.Name) ? new NodeLines(context.Streams) : null;
        var arguments = await FileArguments.UploadedAsync(command.Tool!, command.Arguments!, connection.Client, cancellationToken);
        var answer = await CallAsync(connection.Client, command.Tool!.Name, arguments, live, lines, cancellationToken);
        var waits = answer.Status == InvocationStatus.Waiting && !Given(result, NoWait);
        if (waits) answer = await ApprovalWait.RunAsync(context, connection, answer, global.Json, lines, cancellationToken);

        if (lines is not null)
        {
            lines.End(answer);
            return ExitCodes.Of(answer.Status, answer.Failure);
        }

        // Left pending: the card and what to do stand above already.
        if (!waits || global.Json || answer.Status != InvocationStatus.Waiting) Print(context, global.Json, answer, live.Shown, command.Tool!);
        await FileArguments.SaveAsync(context, result, answer, connection.Client, cancellationToken);
        if (answer.Secret is { } secret && !global.Json)
        {
            // A link needs a gateway that stays; this command's own one ends with it.
            if (secret.StartsWith('/') && connection.IsOwn) context.Say("No gateway runs here, so there is nothing to sign in to: 'chatops gateway' starts one and prints a link.");
            else context.Streams.Output.WriteLine(secret.StartsWith('/') ? new Uri(connection.Client.Url, secret).ToString() : secret);
        }

        return ExitCodes.Of(answer.Status, answer.Failure);
    }

    /// <summary>Prints an outcome.</summary>
    public static void Print(CliContext context, bool json, InvocationAnswer answer, bool outputWasShown, ToolManifest tool)
    {
        if (json)
        {
            context.Streams.Output.WriteLine(ForPrograms(answer.Raw));
            return;
        }

        var printer = new MessagePrinter(context.Streams);
        if (tool.Name == "audit_export" && answer.Raw.GetProperty("result") is { ValueKind: JsonValueKind.Object } export && export.TryGetProperty("content", out var content))
        {
            context.Streams.Output.Write(content.GetString());
            return;
        }

        if (answer.Message is not null) printer.Print(answer.Message, outputWasShown);
        if (answer.Status != InvocationStatus.Done && !SaysItself(answer)) context.Say(answer.Summary);
    }

    // Many messages are the summary itself; it need not be said twice.
    private static bool SaysItself(InvocationAnswer answer) =>
        answer.Message is { } message && (answer.Status == InvocationStatus.Refused
            || message.Blocks is [TextBlock first, ..] && MarkdownText.Plain(first.Markdown) == MarkdownText.Plain(answer.Summary));

    private static async Task<InvocationAnswer> CallAsync(
        GatewayClient client, string tool, IReadOnlyDictionary<string, string> arguments, LiveOutput live, NodeLines? lines, CancellationToken cancellationToken)
    {
        using (live)
        {
            return await client.CallAsync(tool, arguments, lines is not null ? lines.Show : live.IsUseful ? live.Show : null, cancellationToken);
        }
    }

    private static bool Given(ParseResult result, string name) =>
        result.CommandResult.Command.Options.FirstOrDefault(o => o.Name == name) is Option<bool> option && result.GetValue(option);

    // What is for people stays out: programs read result.
    private static string ForPrograms(JsonElement raw)
    {
        var value = JsonNode.Parse(raw.GetRawText())!.AsObject();
        value.Remove("message");
        return value.ToJsonString(Json.Options);
    }
}
