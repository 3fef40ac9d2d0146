using ChatOps.EndToEnd.Crashes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing;
using Until = ChatOps.EndToEnd.Harness.Until;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>A daemon that is killed at each step between an order and its result, and comes back.</summary>
public sealed class NodeKillTests : IDisposable
{
    private static readonly TimeSpan DeathLimit = TimeSpan.FromSeconds(60);
    private readonly TempFolder folder = new();
    private readonly string urls = $"http://127.0.0.1:{LoopbackPort.Free()}";

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_step_is_killed_at() => Assert.Equal(CrashPoints.OfNodes.Order(StringComparer.Ordinal), new[] { "node.ran", "node.recorded", "node.registered", "node.sent" });

    [Theory]
    [InlineData("node.registered", 0, "unknown")]
    [InlineData("node.ran", 1, "unknown")]
    [InlineData("node.recorded", 1, "done")]
    [InlineData("node.sent", 1, "done")]
    public async Task A_killed_daemon_runs_nothing_twice_and_says_what_it_knows(string point, int effects, string status)
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.In("gateway"), null, null, "--urls", urls);
        var token = await gateway.TokenAsync();
        await using var daemon = DaemonProcess.Start(gateway.Address, "web-1", folder.In("node"), token, new Dictionary<string, string> { ["CHATOPS_CRASH_AT"] = point });
        await gateway.OnlineAsync(daemon, "web-1");
        var file = folder.In("effects");
        var asked = await gateway.CallAsync("run", new { command_line = $"echo x >> {file}", on = "web-1" });
        await gateway.CallAsync("approvals_approve", new { id = (string)asked["approval"]! });
        await daemon.WaitForExitAsync(DeathLimit);

        await using var again = DaemonProcess.Start(gateway.Address, "web-1", folder.In("node"));
        var outcome = await gateway.EndOfAsync((string)asked["invocation"]!);
        Assert.Equal(status, (string)outcome["status"]!);
        await Until.TrueAsync(async () => await gateway.StateOfAsync("web-1") == "online", () => again.Log);
        Assert.Equal("done", (string)(await gateway.CallAsync("run", new { command_line = "uptime", on = "web-1" }))["status"]!);
        Assert.Equal(effects, File.Exists(file) ? (await File.ReadAllLinesAsync(file)).Length : 0);
    }
}
