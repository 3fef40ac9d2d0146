using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>The tools for machines against a real gateway and a real daemon, by HTTP and by command line.</summary>
public sealed class FleetToolTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Facts_logs_services_and_files_of_a_daemon_and_of_the_gateways_own_machine()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.In("gateway"));
        var token = (string)(await gateway.CallAsync("node_token_create", new { label = "role=web" }))["secret"]!;
        await using var daemon = DaemonProcess.Start(gateway.Address, "web-1", folder.In("node"), token);
        await Until.TrueAsync(async () => (await NodesAsync(gateway)).Any(n => (string)n!["name"]! == "web-1" && (string)n["state"]! == "online"), () => $"{daemon.Log}\n{gateway.Log}");

        foreach (var on in new[] { "web-1", "local" })
        {
            await FactsAsync(gateway, on);
            await LogsAsync(gateway, on);
            await ServicesAsync(gateway, on);
            await FilesAsync(gateway, on);
        }

        var shown = (await gateway.CallAsync("node_show", new { name = "web-1" }))["result"]!["node"]!["facts"]!;
        Assert.NotNull(shown["kernel"]);
        Assert.NotNull(shown["memory"]);
        await CommandLineAsync();
    }

    private static async Task FactsAsync(GatewayProcess gateway, string on)
    {
        // The first heartbeat brings them; until then those of the join are told.
        var facts = (await gateway.CallAsync("node_facts", new { on }))["result"]![0]!["facts"]!;
        Assert.Equal((await File.ReadAllTextAsync("/proc/sys/kernel/osrelease")).Trim(), (string)facts["kernel"]!);
        Assert.Equal($"{Environment.ProcessorCount}", (string)facts["cpus"]!);
    }

    private async Task LogsAsync(GatewayProcess gateway, string on)
    {
        var log = folder.In($"{on} app.log");
        await File.WriteAllLinesAsync(log, ["one error", "two", "three error", "-rf $(id)"]);
        var tail = await gateway.CallAsync("logs", new { file = log, on, lines = 2 });
        Assert.Equal("three error\n-rf $(id)\n", (string)tail["result"]!["nodes"]![0]!["output"]!);
        var found = await gateway.CallAsync("logs", new { file = log, on, grep = "err.r$" });
        Assert.Equal("one error\nthree error\n", (string)found["result"]!["nodes"]![0]!["output"]!);
        var missing = await gateway.CallAsync("logs", new { file = folder.In("none.log"), on });
        Assert.Equal("failed", (string)missing["status"]!);

        var following = gateway.CallAsync("logs", new { file = log, on, grep = "error", follow = "5s" });
        await File.AppendAllTextAsync(log, "four error\n");
        var followed = await following;
        Assert.Equal("done", (string)followed["status"]!);
        Assert.Contains("four error", (string)followed["result"]!["nodes"]![0]!["output"]!, StringComparison.Ordinal);
        Assert.Contains("Followed for 5 s.", (string)followed["result"]!["nodes"]![0]!["message"]!, StringComparison.Ordinal);
    }

    // Whatever manages services on this machine, one that is not there is no success, and it is said.
    private static async Task ServicesAsync(GatewayProcess gateway, string on)
    {
        var status = await gateway.CallAsync("service", new { action = "status", name = "no-such-service-here", on });
        Assert.Equal("failed", (string)status["status"]!);
        var restart = await gateway.CallApprovedAsync("service", new { action = "restart", name = "no-such-service-here", on });
        Assert.NotEqual("done", (string)restart["status"]!);
        Assert.NotEqual("unknown", (string)restart["status"]!);
    }

    private async Task FilesAsync(GatewayProcess gateway, string on)
    {
        var content = Testing.Some.Bytes(3_000_001);
        using var body = new ByteArrayContent(content);
        using var answer = await gateway.Client.PostAsync(new Uri("/api/uploads", UriKind.Relative), body);
        var upload = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), upload);

        var path = folder.In($"put on {on}");
        var put = await gateway.CallApprovedAsync("put_file", new { path, file = upload, on, mode = "0600" });
        Assert.True((string)put["status"]! == "done", put.ToJsonString());
        Assert.Equal(content, await File.ReadAllBytesAsync(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        var get = await gateway.CallAsync("get_file", new { path, on });
        Assert.True((string)get["status"]! == "done", get.ToJsonString());
        Assert.Equal(upload, (string)get["result"]!["sha256"]!);
        Assert.Equal(content, await gateway.Client.GetByteArrayAsync(new Uri($"/api/files/{(string)get["result"]!["file"]!}", UriKind.Relative)));
    }

    private async Task CommandLineAsync()
    {
        var commands = new Commands(folder.In("gateway"));
        await File.WriteAllTextAsync(folder.In("local.txt"), "from here\n");
        var dry = await commands.RunAsync("put_file", folder.In("there.txt"), "--file", folder.In("local.txt"), "--on", "web-1", "--dry-run");
        Assert.Equal(0, dry.ExitCode);
        Assert.Contains("+from here", dry.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.In("there.txt")));
        var got = await commands.RunAsync("get_file", folder.In("local.txt"), "--on", "web-1", "--output", folder.In("back.txt"));
        Assert.True(got.ExitCode == 0, $"{got}");
        Assert.Equal("from here\n", await File.ReadAllTextAsync(folder.In("back.txt")));
        Assert.Equal(2, (await commands.RunAsync("put_file", "/tmp/x", "--file", folder.In("not-there"), "--on", "web-1")).ExitCode);

        await using (var large = File.Create(folder.In("large"))) large.SetLength((64L * 1024 * 1024) + 1);
        var refused = await commands.RunAsync("put_file", "/tmp/x", "--file", folder.In("large"), "--on", "web-1");
        Assert.Contains("A file of at most 64 MiB is taken.", refused.Output + refused.Errors, StringComparison.Ordinal);
    }

    private static async Task<JsonArray> NodesAsync(GatewayProcess gateway) => (await gateway.CallAsync("nodes", new { }))["result"]!.AsArray();
}
