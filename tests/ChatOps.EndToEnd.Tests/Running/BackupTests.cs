using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Running;

/// <summary>A backup of a gateway that is at work, and the gateway that comes out of it.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(StoreMode.Embedded)]
    [InlineData(StoreMode.Distributed)]
    public async Task A_gateway_restored_from_a_backup_made_at_work_repeats_nothing_and_lets_its_nodes_in(StoreMode mode)
    {
        await ServerStore.UseAsync(mode, folder.Data);
        var (effect, backup, passphrase, restored) = (folder.In("effect"), folder.In("backup"), folder.In("passphrase"), folder.In("restored"));
        await File.WriteAllTextAsync(passphrase, "correct horse battery\n");
        string running, waiting, approval, key;
        DateTimeOffset madeAt;
        await using (var gateway = await GatewayProcess.StartAsync(folder.Data))
        {
            key = gateway.Client.DefaultRequestHeaders.Authorization!.Parameter!;
            await JoinAsync(gateway, await gateway.TokenAsync());
            var asked = await gateway.CallAsync("run", new { command_line = $"sleep 300; touch {effect}", on = "local", timeout = "10m" });
            running = (string)asked["invocation"]!;
            await gateway.CallAsync("approvals_approve", new { id = (string)asked["approval"]! });
            await Until.TrueAsync(async () => await StatusAsync(gateway, running) == "running", () => gateway.Log);
            var second = await gateway.CallAsync("run", new { command_line = $"touch {effect}", on = "local" });
            (waiting, approval) = ((string)second["invocation"]!, (string)second["approval"]!);
            await gateway.CallAsync("schedule_add", new { when = "* * * * * *", work = "/run true --on local", to = "web:ticks", name = "ticks", catch_up = "all" });
            await Until.TrueAsync(async () => (await TicksAsync(gateway)).Count > 0, () => gateway.Log);

            var made = await new Commands(folder.Data).RunAsync("backup", backup, "--passphrase-file", passphrase);
            Assert.True(made.ExitCode == 0, made.ToString());
            madeAt = TimeProvider.System.GetUtcNow();

            // What the backup does not know: the node's counter rises.
            await JoinAsync(gateway, null);
            gateway.Kill();
            await gateway.WaitForExitAsync(Until.Limit);
        }

        var cli = new Commands(restored);
        // A server's database is named in the settings of the new place, which are there before.
        string[] restore = ["restore", backup, "--passphrase-file", passphrase, .. mode == StoreMode.Embedded ? Array.Empty<string>() : ["--force"]];
        if (mode == StoreMode.Distributed) ServerStore.Use(restored, restored);
        Assert.Equal(2, (await cli.RunAsync("restore", backup)).ExitCode);
        var restoredAt = TimeProvider.System.GetUtcNow();
        var done = await cli.RunAsync(restore);
        Assert.True(done.ExitCode == 0, done.ToString());
        var again = await cli.RunAsync(restore);
        Assert.True(again.ExitCode != 0, again.ToString());
        Assert.Contains("not empty", again.Errors, StringComparison.Ordinal);

        await using var next = await GatewayProcess.StartAsync(restored);
        Assert.Equal("unknown", await StatusAsync(next, running));
        Assert.Equal("refused", await StatusAsync(next, waiting));
        Assert.NotEqual("done", (string?)(await next.CallAsync("approvals_approve", new { id = approval }))["status"]);
        Assert.False(File.Exists(effect));

        using (var old = new HttpClient { BaseAddress = next.Address })
        {
            old.DefaultRequestHeaders.Authorization = new("Bearer", key);
            Assert.Equal(HttpStatusCode.Unauthorized, (await old.GetAsync(new Uri($"/api/invocations/{running}", UriKind.Relative))).StatusCode);
        }

        // Each second between the two was missed, and the schedule would make up for all of them.
        await Until.TrueAsync(async () => (await TicksAsync(next)).Any(t => t >= restoredAt), () => next.Log);
        Assert.DoesNotContain(await TicksAsync(next), t => t > madeAt && t < restoredAt);

        await JoinAsync(next, null);
        var record = await next.CallAsync("audit_verify", new { });
        Assert.Contains("\"intact\":true", record.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Restored from a backup", (await cli.RunAsync("audit", "list")).Output, StringComparison.Ordinal);
    }

    private async Task JoinAsync(GatewayProcess gateway, string? token)
    {
        await using var daemon = DaemonProcess.Start(gateway.Address, "web-1", folder.In("node"), token);
        await gateway.OnlineAsync(daemon, "web-1");
        await daemon.KillAsync();
        await Until.TrueAsync(async () => await gateway.StateOfAsync("web-1") != "online", () => gateway.Log);
    }

    private static async Task<IReadOnlyList<DateTimeOffset>> TicksAsync(GatewayProcess gateway) =>
        [.. (await gateway.CallAsync("schedule_history", new { name = "ticks", limit = 200 }))["result"]!.AsArray().Select(run => DateTimeOffset.Parse((string)run!["nominal"]!, CultureInfo.InvariantCulture))];

    private static async Task<string> StatusAsync(GatewayProcess gateway, string invocation) =>
        (string)JsonNode.Parse(await gateway.Client.GetStringAsync(new Uri($"/api/invocations/{invocation}", UriKind.Relative)))!["status"]!;
}
