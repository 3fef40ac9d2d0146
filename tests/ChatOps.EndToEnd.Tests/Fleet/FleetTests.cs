using ChatOps.EndToEnd.Harness;
using ChatOps.Testing;
using Until = ChatOps.EndToEnd.Harness.Until;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>A real gateway and real daemons: what a person relies on when machines and gateways die.</summary>
public sealed class FleetTests : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> QuickHeart = new Dictionary<string, string> { ["CHATOPS__Fleet__Relay__Heartbeat"] = "1s" };
    private readonly TempFolder folder = new();
    private readonly string urls = $"http://127.0.0.1:{LoopbackPort.Free()}";

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_machine_joins_with_a_token_answers_by_its_label_and_leaves_when_it_is_removed()
    {
        await using var gateway = await StartAsync();
        await using var daemon = DaemonProcess.Start(gateway.Address, "web-1", folder.In("node"), await gateway.TokenAsync("role=web"));
        await gateway.OnlineAsync(daemon, "web-1");

        var answer = await gateway.CallAsync("run", new { command_line = "uptime", on = "role=web" });
        Assert.Equal("done", (string)answer["status"]!);
        Assert.Contains("load average", (string)answer["result"]!["nodes"]![0]!["output"]!, StringComparison.Ordinal);
        Assert.Equal("web-1", (string)answer["result"]!["nodes"]![0]!["node"]!);

        var change = await gateway.CallApprovedAsync("run", new { command_line = $"touch {folder.In("made")}", on = "web-1" });
        Assert.Equal("done", (string)change["status"]!);
        Assert.True(File.Exists(folder.In("made")));

        Assert.Equal("done", (string)(await gateway.CallApprovedAsync("node_remove", new { on = "web-1" }))["status"]!);
        await daemon.WaitForExitAsync(Until.Limit);
        Assert.Equal(1, daemon.ExitCode);
        Assert.Contains("removed", daemon.Log, StringComparison.Ordinal);
        Assert.Null(await gateway.StateOfAsync("web-1"));
    }

    [Fact]
    public async Task A_command_outlives_the_gateway_that_is_killed_and_its_end_is_found_by_the_next_one()
    {
        var invocation = "";
        await using var daemon = await JoinAsync();
        await using (var gateway = await StartAsync())
        {
            await gateway.OnlineAsync(daemon, "web-1");
            invocation = await BeginAsync(gateway, $"echo x >> {folder.In("runs")}; sleep 3; echo survived");
            await Until.TrueAsync(() => Task.FromResult(File.Exists(folder.In("runs"))), () => daemon.Log);
            gateway.Kill();
        }

        await using var next = await StartAsync();
        var outcome = await next.EndOfAsync(invocation);
        Assert.Equal("done", (string)outcome["status"]!);
        Assert.Equal("survived\n", (string)outcome["result"]!["nodes"]![0]!["output"]!);
        Assert.Single(await File.ReadAllLinesAsync(folder.In("runs")));
    }

    [Fact]
    public async Task A_command_whose_daemon_is_killed_ends_as_unknown_and_is_not_repeated()
    {
        await using var gateway = await StartAsync();
        var daemon = await JoinAsync(gateway);
        var invocation = await BeginAsync(gateway, $"echo x >> {folder.In("runs")}; sleep 3; echo y >> {folder.In("runs")}");
        await Until.TrueAsync(() => Task.FromResult(File.Exists(folder.In("runs"))), () => daemon.Log);
        await daemon.KillAsync();
        await daemon.DisposeAsync();

        await using var again = DaemonProcess.Start(gateway.Address, "web-1", folder.In("node"));
        var outcome = await gateway.EndOfAsync(invocation);
        Assert.Equal("unknown", (string)outcome["status"]!);
        await gateway.OnlineAsync(again, "web-1");
        Assert.Equal("done", (string)(await gateway.CallAsync("run", new { command_line = "uptime", on = "web-1" }))["status"]!);
        Assert.Single(await File.ReadAllLinesAsync(folder.In("runs")), l => l == "x");
    }

    [Fact]
    public async Task What_a_command_leaves_behind_is_stopped_and_of_what_ends_by_itself_nothing_dead_stays()
    {
        await using var gateway = await StartAsync();
        await using var daemon = await JoinAsync(gateway);
        var left = folder.In("left");
        var line = $"(setsid sh -c 'echo $$ > {left}; exec sleep 300' > /dev/null 2>&1 &); (setsid true > /dev/null 2>&1 &); until test -s {left}; do sleep 0.05; done; echo over";
        var answer = await gateway.CallApprovedAsync("run", new { command_line = line, on = "web-1" });
        var node = answer["result"]!["nodes"]![0]!;
        Assert.Equal("over\n", (string)node["output"]!);
        Assert.Contains("left 1 process behind", (string)node["message"]!, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(left)).Trim()}"));

        // The daemon is their parent now: dead ones are released at the next command at the latest.
        Assert.Null((string?)(await gateway.CallAsync("run", new { command_line = "uptime", on = "web-1" }))["result"]!["nodes"]![0]!["message"]);
        Assert.Equal("", (await File.ReadAllTextAsync($"/proc/{daemon.Id}/task/{daemon.Id}/children")).Trim());
    }

    [Fact]
    public async Task A_machine_that_falls_silent_is_noticed_and_what_it_was_asked_meanwhile_never_runs()
    {
        await using var gateway = await StartAsync(QuickHeart);
        await using var daemon = await JoinAsync(gateway);
        await daemon.SignalAsync("STOP");
        var asked = await BeginAsync(gateway, $"touch {folder.In("late")}");
        await Until.TrueAsync(async () => await gateway.StateOfAsync("web-1") == "offline", () => gateway.Log);

        var refused = await gateway.CallAsync("run", new { command_line = "uptime", on = "web-1" });
        Assert.Equal("unreachable", (string)refused["result"]!["nodes"]![0]!["end"]!);

        // What was asked while nobody knew ends without a claim that it did not run; on a busy machine the silence may have been noticed before it was sent.
        Assert.Contains((string)(await gateway.EndOfAsync(asked))["result"]!["nodes"]![0]!["end"]!, (string[])["unknown", "unreachable"]);
        await daemon.SignalAsync("CONT");
        await gateway.OnlineAsync(daemon, "web-1");
        Assert.Equal("done", (string)(await gateway.CallAsync("run", new { command_line = "uptime", on = "web-1" }))["status"]!);
        Assert.False(File.Exists(folder.In("late")));
    }

    private Task<GatewayProcess> StartAsync(IReadOnlyDictionary<string, string>? environment = null) => GatewayProcess.StartAsync(folder.In("gateway"), null, environment, "--urls", urls);

    private async Task<DaemonProcess> JoinAsync()
    {
        await using var gateway = await StartAsync();
        return await JoinAsync(gateway);
    }

    private async Task<DaemonProcess> JoinAsync(GatewayProcess gateway)
    {
        var daemon = DaemonProcess.Start(gateway.Address, "web-1", folder.In("node"), await gateway.TokenAsync());
        await gateway.OnlineAsync(daemon, "web-1");
        return daemon;
    }

    /// <summary>Lets a changing command run and does not wait for it.</summary>
    private static async Task<string> BeginAsync(GatewayProcess gateway, string line)
    {
        var answer = await gateway.CallAsync("run", new { command_line = line, on = "web-1" });
        Assert.Equal("waiting", (string)answer["status"]!);
        await gateway.CallAsync("approvals_approve", new { id = (string)answer["approval"]! });
        return (string)answer["invocation"]!;
    }
}
