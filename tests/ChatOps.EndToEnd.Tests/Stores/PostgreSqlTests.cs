using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Stores;

/// <summary>Gateways as people start them, with their store on a real PostgreSQL.</summary>
public sealed class PostgreSqlTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_gateway_with_other_keys_is_refused_and_says_what_to_copy()
    {
        await using var first = await StartAsync("one");

        var refused = await Assert.ThrowsAsync<GatewayDidNotStartException>(() => StartAsync("two"));
        Assert.Contains("other keys than this one", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Copy redaction.key, gateway.key, keys/audit.key and audit.checkpoint", refused.Message, StringComparison.Ordinal);

        ServerStore.CopyKeys(folder.In("one"), folder.In("two"));
        await using var second = await StartAsync("two");
        Assert.Contains("\"intact\":true", (await second.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_halt_on_one_gateway_cancels_what_another_runs_and_the_work_of_one_that_was_killed_ends_as_unknown()
    {
        await using var first = await StartAsync("one");
        ServerStore.CopyKeys(folder.In("one"), folder.In("two"));
        await using var second = await StartAsync("two");
        var effect = folder.In("effect");

        // Whoever takes the decision runs it.
        var running = await ApprovedAsync(first, $"sleep 300; touch {effect}");
        await Until.TrueAsync(async () => await StatusAsync(second, running) == "running", () => first.Log + second.Log);
        await second.CallAsync("halt", new { reason = "stop the world" });
        Assert.NotEqual("done", (string)(await first.EndOfAsync(running))["status"]!);
        Assert.False(File.Exists(effect));
        await second.CallAsync("halt_lift", new { });

        var left = await ApprovedAsync(first, $"sleep 300; touch {effect}");
        await Until.TrueAsync(async () => await StatusAsync(second, left) == "running", () => first.Log + second.Log);
        first.Kill();

        // Never repeated, and said by the one that is left.
        await Until.TrueAsync(async () => await StatusAsync(second, left) == "unknown", () => second.Log, TimeSpan.FromMinutes(3));
        Assert.False(File.Exists(effect));
        Assert.Contains("\"intact\":true", (await second.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
    }

    private async Task<GatewayProcess> StartAsync(string name)
    {
        ServerStore.Use(folder.In(name), folder.Path);
        return await GatewayProcess.StartAsync(folder.In(name));
    }

    private static async Task<string> ApprovedAsync(GatewayProcess gateway, string line)
    {
        var asked = await gateway.CallAsync("run", new { command_line = line, on = "local", timeout = "10m" });
        await gateway.CallAsync("approvals_approve", new { id = (string)asked["approval"]! });
        return (string)asked["invocation"]!;
    }

    private static async Task<string> StatusAsync(GatewayProcess gateway, string invocation) =>
        (string)JsonNode.Parse(await gateway.Client.GetStringAsync(new Uri($"/api/invocations/{invocation}", UriKind.Relative)))!["status"]!;
}
