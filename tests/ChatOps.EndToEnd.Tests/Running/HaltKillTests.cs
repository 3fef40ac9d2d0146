using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Crashes;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Running;

/// <summary>A gateway that is killed in the moment in which it halts.</summary>
public sealed class HaltKillTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Where it kills.</summary>
    public static IReadOnlyList<string> Killed => CrashPoints.OfStops;

    [Theory]
    [InlineData(StoreMode.Embedded)]
    [InlineData(StoreMode.Distributed)]
    public async Task A_halt_that_was_accepted_holds_although_the_gateway_dies_before_it_acts_on_it(StoreMode mode)
    {
        await ServerStore.UseAsync(mode, folder.Data);
        var effect = folder.In("effect");
        string running;
        await using (var gateway = await GatewayProcess.StartAsync(folder.Data, null, new Dictionary<string, string> { ["CHATOPS_CRASH_AT"] = Killed[0] }))
        {
            running = await ApprovedAsync(gateway, $"sleep 300; touch {effect}");
            await Until.TrueAsync(async () => await StatusAsync(gateway, running) == "running", () => gateway.Log);
            await Assert.ThrowsAnyAsync<Exception>(() => gateway.CallAsync("halt", new { reason = "stop the world" }));
            await gateway.WaitForExitAsync(TimeSpan.FromSeconds(60));
        }

        await using var next = await GatewayProcess.StartAsync(folder.Data);
        Assert.Contains("stop the world", (await next.CallAsync("halt_status", new { })).ToJsonString(), StringComparison.Ordinal);
        var outcome = await next.EndOfAsync(running);
        Assert.NotEqual("done", (string)outcome["status"]!);
        var asked = await next.CallAsync("run", new { command_line = $"touch {effect}", on = "local" });
        Assert.Contains("It waits until that is lifted", (await next.CallAsync("approvals_approve", new { id = (string)asked["approval"]! })).ToJsonString(), StringComparison.Ordinal);
        Assert.False(File.Exists(effect));

        // Nobody else is here: whoever halted may lift it, and what waited can be approved then.
        Assert.Contains("Nobody else here may lift it", (await next.CallAsync("halt_lift", new { })).ToJsonString(), StringComparison.Ordinal);
        await next.CallAsync("approvals_approve", new { id = (string)asked["approval"]! });
        await next.EndOfAsync((string)asked["invocation"]!);
        Assert.True(File.Exists(effect));
        Assert.Contains("\"intact\":true", (await next.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
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
