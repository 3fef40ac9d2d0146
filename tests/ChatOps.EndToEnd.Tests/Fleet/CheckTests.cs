using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing;
using Until = ChatOps.EndToEnd.Harness.Until;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>Checks of a real machine: what breaks there is found, told once, survives the gateway's death, and its end is told.</summary>
public sealed class CheckTests : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly TestCertificate certificate;
    private readonly int listen = LoopbackPort.Free();
    private DaemonProcess? daemon;
    private bool mounted;

    public CheckTests() => certificate = new TestCertificate(folder.In("tls"), TimeProvider.System.GetUtcNow());

    private string Workspace => folder.In("workspace");

    private string Log => folder.In("app.log");

    private string Disk => folder.In("disk");

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null) await daemon.DisposeAsync();
        if (mounted) Run("umount", Disk);
        certificate.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_full_disk_an_expiring_certificate_and_a_log_full_of_errors_are_found_on_a_node_told_once_and_their_end_too()
    {
        Directory.CreateDirectory(Disk);
        // A file system of its own where that is allowed, else a folder with a quota.
        mounted = Run("mount", "-t", "tmpfs", "-o", "size=1m", "chatops-test", Disk) == 0;
        var port = LoopbackPort.Free();
        Write($"""
            checks:
              - {"{"} name: disk, kind: disk, on: web-1, path: '{Disk}', interval: 5s, timeout: 1m, retries: 1, retry_delay: 1s, recover: 1{(mounted ? "" : ", quota: 1M")} {"}"}
              - {"{"} name: cert, kind: certificate, on: web-1, path: '{certificate.CertificateFile}', interval: 5s, timeout: 1m, recover: 1 {"}"}
              - {"{"} name: port, kind: tcp, host: 127.0.0.1, port: {port}, interval: 5s, timeout: 1m, retries: 1, retry_delay: 1s, severity: warning {"}"}
              - {"{"} name: log, kind: log_errors, on: web-1, path: '{Log}', interval: 5s, timeout: 1m {"}"}
              - {"{"} name: slip, kind: disc, on: all {"}"}
            """);
        certificate.Issue(30);
        await File.WriteAllTextAsync(Log, "served\nan error of long ago\n", TestContext.Current.CancellationToken);
        await using (var gateway = await StartAsync())
        {
            daemon = DaemonProcess.Start(gateway.Address, "web-1", folder.In("node"), await gateway.TokenAsync());
            await gateway.OnlineAsync(daemon, "web-1");
            await StandsAsync(gateway, ("cert", "ok"), ("disk", "ok"), ("log", "ok"), ("port", "warning"));
            Assert.Contains((await ListAsync(gateway))["problems"]!.AsArray(), p => (int)p!["line"]! == 6 && ((string)p["reason"]!).Contains("'disc'", StringComparison.Ordinal));

            await File.WriteAllBytesAsync(Path.Combine(Disk, "log"), new byte[1000 * 1024], TestContext.Current.CancellationToken);
            certificate.Issue(5);
            await StandsAsync(gateway, ("cert", "critical"), ("disk", "critical"), ("log", "ok"), ("port", "warning"));
            await ToldAsync(gateway, ("found", "cert on web-1"), ("found", "disk on web-1"), ("found", "port"));

            // Nobody else may look that way at more than what only reads.
            var refused = await gateway.CallAsync("check_probe", new { command_line = "rm -rf /nowhere", on = "web-1" });
            Assert.Contains("A look only reads", refused.ToJsonString(), StringComparison.Ordinal);
            gateway.Kill();
        }

        // What is well is in the store a little later, and at the latest when the gateway stops.
        await using (var again = await StartAsync())
        {
            await again.OnlineAsync(daemon, "web-1");
            await StandsAsync(again, ("cert", "critical"), ("disk", "critical"), ("log", "ok"), ("port", "warning"));
            Assert.Equal(0, await again.StopAsync());
        }

        LearnUsualHours("log");
        await using var third = await StartAsync();
        await third.OnlineAsync(daemon, "web-1");
        await File.AppendAllLinesAsync(Log, Enumerable.Repeat("error: the database is away", 40), TestContext.Current.CancellationToken);
        await StandsAsync(third, ("cert", "critical"), ("disk", "critical"), ("log", "critical"), ("port", "warning"));
        File.Delete(Path.Combine(Disk, "log"));
        certificate.Issue(30);
        await StandsAsync(third, ("cert", "ok"), ("disk", "ok"), ("log", "critical"), ("port", "warning"));
        await ToldAsync(third, ("found", "cert on web-1"), ("found", "disk on web-1"), ("found", "log on web-1"), ("found", "port"), ("recovered", "cert on web-1"), ("recovered", "disk on web-1"));
    }

    private Task<GatewayProcess> StartAsync() => GatewayProcess.StartAsync(folder.In("data"), Workspace, null, "--urls", $"http://127.0.0.1:{listen}");

    // What a gateway learns in two hours with one error every five minutes; a test has no two hours.
    private void LearnUsualHours(string check)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var store = DatabaseFile.Open(Path.Combine(folder.In("data"), "chatops.db"));
        using var read = store.CreateCommand();
        read.CommandText = "SELECT body FROM check_states WHERE check_name = $check";
        read.Parameters.AddWithValue("$check", check);
        var state = JsonNode.Parse((string)read.ExecuteScalar()!)!;
        var learnt = new JsonArray(state["baseline"]![0]!.DeepClone());
        for (var back = 180; back > 60; back -= 5) learnt.Add(JsonSerializer.SerializeToNode(new { from = now.AddMinutes(-back), count = 1, covered = TimeSpan.FromMinutes(5) }));
        state["baseline"] = learnt;
        using var write = store.CreateCommand();
        write.CommandText = "UPDATE check_states SET body = $body WHERE check_name = $check";
        write.Parameters.AddWithValue("$check", check);
        write.Parameters.AddWithValue("$body", state.ToJsonString());
        Assert.Equal(1, write.ExecuteNonQuery());
    }

    private void Write(string yaml)
    {
        Directory.CreateDirectory(Path.Combine(Workspace, "checks"));
        File.WriteAllText(Path.Combine(Workspace, "checks", "a.yaml"), yaml);
    }

    private static async Task<JsonNode> ListAsync(GatewayProcess gateway) => (await gateway.CallAsync("check_list", new { }))["result"]!;

    private static async Task StandsAsync(GatewayProcess gateway, params (string Check, string Level)[] wanted)
    {
        var last = "";
        await Until.TrueAsync(
            async () =>
            {
                var states = (await ListAsync(gateway))["states"]!.AsArray().Where(s => (string)s!["check"]! != "node").ToList();
                last = string.Join('\n', states.Select(s => s!.ToJsonString()));
                return states.Select(s => ((string)s!["check"]!, (string)s["level"]!)).Order().SequenceEqual(wanted.Order());
            },
            () => $"{last}\n{gateway.Log}");
    }

    // Every finding and every recovery once, and nothing else. While the gateway is away, so is the node: that may be found too.
    private static async Task ToldAsync(GatewayProcess gateway, params (string Outcome, string What)[] wanted)
    {
        var last = "";
        await Until.TrueAsync(
            async () =>
            {
                var records = (await gateway.CallAsync("audit_list", new { user = "checks", limit = "100" }))["result"]!.AsArray().Where(r => !((string)r!["summary"]!).Contains("node on web-1", StringComparison.Ordinal)).ToList();
                last = string.Join('\n', records.Select(r => r!.ToJsonString()));
                return records.Count == wanted.Length && wanted.All(w => records.Count(r => (string?)r!["outcome"] == w.Outcome && ((string)r["summary"]!).Contains(w.What, StringComparison.Ordinal)) == 1);
            },
            () => last);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
