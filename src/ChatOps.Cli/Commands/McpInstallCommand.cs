using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.Cli.Mcp;
using ChatOps.Configuration;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops mcp install</c>: writes <c>chatops mcp</c> into the configuration of an MCP client. No secret is written: with <c>--gateway</c> a token is named by its file or by the environment.</summary>
internal static partial class McpInstallCommand
{
    private const int MaxName = 64;

    /// <summary>Makes the command.</summary>
    public static void AddTo(Command mcp, CliContext context, McpClientPlaces places, TimeProvider time)
    {
        var clients = string.Join(", ", McpClientKind.All.Select(c => c.Name));
        var client = new Option<string>("--client") { HelpName = "NAME", Required = true, Description = $"Whose configuration: {clients}." };
        client.CompletionSources.Add([.. McpClientKind.All.Select(c => c.Name)]);
        var print = new Option<bool>("--print") { Description = "Write nothing: show what would be added, and where." };
        var file = new Option<string?>("--file") { HelpName = "PATH", Description = "Another file than the client's usual one, such as a project's." };
        var name = new Option<string>("--name") { HelpName = "NAME", DefaultValueFactory = _ => "chatops", Description = "The entry's name there." };
        var token = new Option<string?>("--token-file") { HelpName = "PATH", Description = "With --gateway: the file that holds the token. Its path is written, never the token." };
        var noWait = new Option<bool>("--no-wait") { Description = "Calls that people must decide answer 'waiting' at once." };
        var wait = new Option<string?>("--wait") { HelpName = "D", Description = "How long such calls wait (for example 50s or 10m)." };
        var command = new Command("install", "Write 'chatops mcp' into the configuration of an MCP client; its other entries stay, and a copy of the file is kept.") { client, print, file, name, token, noWait, wait };
        mcp.Add(command);
        command.SetAction(result =>
        {
            var global = context.Global(result);
            if (McpClientKind.All.FirstOrDefault(c => c.Name == result.GetValue(client)) is not { } kind) throw Usage(Unknown(result.GetValue(client)!, clients));
            if (!Name().IsMatch(result.GetValue(name)!) || result.GetValue(name)!.Length > MaxName) throw Usage($"--name: '{result.GetValue(name)}' is no name; use letters, digits, '-' and '_'.");
            if (result.GetValue(wait) is { } d && (result.GetValue(noWait) || !ArgumentText.TryDuration(d, out _)))
                throw Usage(result.GetValue(noWait) ? "Give --wait or --no-wait, not both." : $"--wait: '{d}' is no duration such as 50s or 10m.");
            if (result.GetValue(token) is not null && global.Gateway is null) throw Usage("--token-file goes with --gateway: on the gateway's own machine no token is needed.");
            string[] more = result.GetValue(noWait) ? ["--no-wait"] : result.GetValue(wait) is { } patience ? ["--wait", patience] : [];
            var entry = Entry(kind, global, more, result.GetValue(token));
            var at = Path.GetFullPath(result.GetValue(file) ?? kind.File(places));
            return result.GetValue(print)
                ? Print(context, kind, global, at, result.GetValue(name)!, entry)
                : Write(context, kind, global, at, result.GetValue(name)!, entry, result.GetValue(token), time);
        });
    }

    private static int Print(CliContext context, McpClientKind kind, GlobalValues global, string at, string name, JsonObject entry)
    {
        if (!global.Json) context.Say($"{kind.Title} reads {at}:");
        context.Streams.Output.WriteLine(McpClientFile.Show(kind.Section, name, entry));
        return ExitCodes.Done;
    }

    private static int Write(CliContext context, McpClientKind kind, GlobalValues global, string at, string name, JsonObject entry, string? token, TimeProvider time)
    {
        var outcome = new McpClientFile(at, time).Add(kind.Section, name, entry);
        if (global.Json)
            context.Streams.Output.WriteLine(new JsonObject { ["client"] = kind.Name, ["file"] = outcome.File, ["name"] = name, ["changed"] = outcome.Changed, ["replaced"] = outcome.Replaced, ["backup"] = outcome.Backup }.ToJsonString());
        else
            context.Say(!outcome.Changed ? $"{outcome.File} has it already; nothing was changed."
                : $"{kind.Title}: '{name}' is {(outcome.Replaced ? "replaced" : "added")} in {outcome.File}." + (outcome.Backup is { } copy ? $" The file of before is {copy}." : "") + $" Start {kind.Title} anew to use it.");
        if (global.Gateway is not null && token is null) context.Say($"{kind.Title} must have the token in its environment as CHATOPS_TOKEN; or name a file with --token-file.");
        return ExitCodes.Done;
    }

    private static JsonObject Entry(McpClientKind kind, GlobalValues global, string[] more, string? tokenFile)
    {
        // Programs with a window often have no PATH of the person's; the executable is named whole.
        List<string> arguments = Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) != "dotnet" ? [own] : ["dotnet", typeof(McpInstallCommand).Assembly.Location];
        foreach (var (option, value, isPath) in ((string, string?, bool)[])[("--data", global.Data, true), ("--workspace", global.Workspace, true), ("--config", global.Config, true), ("--gateway", global.Gateway, false)])
            if (value is not null) arguments.AddRange([option, isPath ? Path.GetFullPath(value) : value]);
        arguments.AddRange(["mcp", .. more]);
        var entry = new JsonObject();
        if (kind.Typed) entry["type"] = "stdio";
        entry["command"] = arguments[0];
        entry["args"] = new JsonArray([.. arguments.Skip(1).Select(a => (JsonNode?)a)]);
        if (tokenFile is not null) entry["env"] = new JsonObject { [Client.TokenSource.FileVariable] = Path.GetFullPath(tokenFile) };
        return entry;
    }

    private static string Unknown(string given, string clients) =>
        $"--client: '{given}' is not known here" + (NearestName.Of(given, McpClientKind.All.Select(c => c.Name)) is { } near ? $"; did you mean '{near}'?" : ".")
        + $" Known: {clients}. For another one give it the command 'chatops mcp' by hand.";

    private static CliFailureException Usage(string text) => new(ExitCodes.Usage, "usage", text);

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
