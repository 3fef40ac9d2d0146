using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatOps.Cli.Client;
using ChatOps.Diagnostics;
using ChatOps.Mcp;

namespace ChatOps.Cli.Doctor;

/// <summary>The MCP servers whose tools are used here: whether they could work, and, of a running gateway, whether they do and which of their tools are off.</summary>
internal sealed class OutsideServersExamination : IExamination
{
    /// <summary>Tools of one server that are told with their reason.</summary>
    private const int MaxTold = 5;

    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = patient.Settings.Options.Mcp;
        if (options.Servers.Count == 0)
        {
            yield return new("mcp.off", PartState.Ok, "No MCP server is set up whose tools would be used here (docs/mcp.md).");
            yield break;
        }

        var running = Directory.Exists(patient.Data) ? await GatewayFinder.RunningAsync(patient.Data, cancellationToken) : null;
        foreach (var finding in OutsideServerSetup.Look(options, patient.Data, running is not null)) yield return new(finding.Id, finding.State, finding.Text, finding.Remedy);
        if (running is null) yield break;
        using var client = new GatewayClient(running.Url, running.Key, null);
        var servers = await ResultAsync(client, "mcp_servers", cancellationToken);
        var tools = await ResultAsync(client, "mcp_tools", cancellationToken);
        foreach (var server in servers)
            foreach (var finding in Of(server, [.. tools.Where(t => Text(t, "server") == Text(server, "name"))])) yield return finding;
    }

    private static IEnumerable<Finding> Of(JsonElement server, List<JsonElement> tools)
    {
        var name = Text(server, "name");
        if (!server.GetProperty("connected").GetBoolean())
        {
            yield return new($"mcp.{name}.down", PartState.Degraded, $"MCP server {name} ({Text(server, "address")}): {Text(server, "state")}",
                "Try its command or address by hand, with no more than its Environment; until it answers its tools are off, and the gateway goes on trying.");
            yield break;
        }

        var used = tools.Where(t => t.GetProperty("used").GetBoolean()).ToList();
        var off = tools.Where(t => !t.GetProperty("used").GetBoolean()).ToList();
        var unrated = used.Count(t => Text(t, "risk").StartsWith("not rated", StringComparison.Ordinal));
        yield return new($"mcp.{name}.connected", PartState.Ok,
            $"MCP server {name} answers; {used.Count} of its tools are in use" + (unrated > 0 ? $", {unrated} of them without a risk in policy.yaml (mcp:): each call of those asks." : "."));
        if (off.Count > 0)
            yield return new($"mcp.{name}.tools-off", PartState.Degraded,
                $"MCP server {name}: {off.Count} of its tools are off. {string.Join(" ", off.Take(MaxTold).Select(t => $"{Text(t, "name")}: {Text(t, "reason")}"))}" + (off.Count > MaxTold ? $" There are {off.Count - MaxTold} more." : ""),
                $"Read what each says of itself (chatops mcp tools {name}) and accept what you trust: chatops mcp review TOOL");
    }

    private static async Task<IReadOnlyList<JsonElement>> ResultAsync(GatewayClient client, string tool, CancellationToken cancellationToken) =>
        [.. (await client.CallAsync(tool, new Dictionary<string, string>(), null, cancellationToken)).Raw.GetProperty("result").EnumerateArray()];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
