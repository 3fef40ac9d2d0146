using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>What every test of a fleet does with its gateway.</summary>
internal static class FleetSteps
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(90);

    /// <summary>A join token; with labels or without.</summary>
    public static async Task<string> TokenAsync(this GatewayProcess gateway, string? label = null)
    {
        var answer = await gateway.CallAsync("node_token_create", label is null ? new { ttl = "5m" } : new { label });
        return (string)answer["secret"]!;
    }

    /// <summary>Waits until a daemon is connected.</summary>
    public static async Task OnlineAsync(this GatewayProcess gateway, DaemonProcess daemon, string name) =>
        await Until.TrueAsync(async () => await gateway.StateOfAsync(name) == "online", () => $"{daemon.Log}\n{gateway.Log}");

    /// <summary>How a node is; null when it is no member.</summary>
    public static async Task<string?> StateOfAsync(this GatewayProcess gateway, string name)
    {
        var nodes = (await gateway.CallAsync("nodes", new { }))["result"]!.AsArray();
        return (string?)nodes.FirstOrDefault(n => (string)n!["name"]! == name)?["state"];
    }

    /// <summary>Waits for the end of an invocation.</summary>
    public static async Task<JsonNode> EndOfAsync(this GatewayProcess gateway, string invocation)
    {
        JsonNode outcome = new JsonObject();
        await Until.TrueAsync(
            async () =>
            {
                outcome = JsonNode.Parse(await gateway.Client.GetStringAsync(new Uri($"/api/invocations/{invocation}", UriKind.Relative)))!;
                return (string)outcome["status"]! is not ("waiting" or "running");
            },
            () => $"{outcome.ToJsonString()}\n{gateway.Log}",
            EndLimit);
        return outcome;
    }

    /// <summary>What came of every run so far, as the record has it.</summary>
    public static async Task<List<JsonNode>> RunOutcomesAsync(this GatewayProcess gateway) =>
        (await gateway.CallAsync("audit_list", new { limit = 200 }))["result"]!.AsArray().OfType<JsonNode>().Where(r => (string?)r["kind"] == "outcome" && (string?)r["tool"] == "run").ToList();
}
