using System.Globalization;
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

    /// <summary>Where it kills.</summary>
    public static IEnumerable<string> Killed => Ends.Select(e => e.Point);

    // What the node did by then, and what it can say afterwards.
    private static IReadOnlyList<(string Point, int Effects, string Status)> Ends { get; } = [("node.registered", 0, "unknown"), ("node.ran", 1, "unknown"), ("node.recorded", 1, "done"), ("node.sent", 1, "done")];

    [Theory]
    [InlineData(StoreMode.Embedded)]
    [InlineData(StoreMode.Distributed)]
    public async Task A_killed_daemon_runs_nothing_twice_and_says_what_it_knows(StoreMode mode)
    {
        await ServerStore.UseAsync(mode, folder.In("gateway"));
        await using var gateway = await GatewayProcess.StartAsync(folder.In("gateway"), null, null, "--urls", urls);
        foreach (var (number, end) in Ends.Index()) await DieAsync(gateway, string.Create(CultureInfo.InvariantCulture, $"web-{number + 1}"), end.Point, end.Effects, end.Status);
    }

    private async Task DieAsync(GatewayProcess gateway, string name, string point, int effects, string status)
    {
        var token = await gateway.TokenAsync();
        await using var daemon = DaemonProcess.Start(gateway.Address, name, folder.In(name), token, new Dictionary<string, string> { ["CHATOPS_CRASH_AT"] = point });
        await gateway.OnlineAsync(daemon, name);
        var file = folder.In("effects-" + name);
        var asked = await gateway.CallAsync("run", new { command_line = $"echo x >> {file}", on = name });
        await gateway.CallAsync("approvals_approve", new { id = (string)asked["approval"]! });
        await daemon.WaitForExitAsync(DeathLimit);

        await using var again = DaemonProcess.Start(gateway.Address, name, folder.In(name));
        var outcome = await gateway.EndOfAsync((string)asked["invocation"]!);
        Assert.Equal((point, status), (point, (string)outcome["status"]!));

        // For a moment the gateway may still hold the line of the one that died.
        await Until.TrueAsync(async () => (string?)(await gateway.CallAsync("run", new { command_line = "uptime", on = name }))["status"] == "done", () => $"{point}: {again.Log}\n{gateway.Log}");
        Assert.Equal((point, effects), (point, File.Exists(file) ? (await File.ReadAllLinesAsync(file)).Length : 0));
    }
}
