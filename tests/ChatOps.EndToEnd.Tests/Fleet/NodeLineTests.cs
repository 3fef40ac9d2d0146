using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>What a program reads from the command line while a run that asked first goes on.</summary>
public sealed class NodeLineTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task After_an_approval_each_node_is_told_as_it_ends_and_not_when_all_have()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.In("gateway"));
        await using var one = DaemonProcess.Start(gateway.Address, "web-1", folder.In("one"), await gateway.TokenAsync("role=web"));
        await gateway.OnlineAsync(one, "web-1");
        await using var two = DaemonProcess.Start(gateway.Address, "web-2", folder.In("two"), await gateway.TokenAsync("role=web"));
        await gateway.OnlineAsync(two, "web-2");

        // Whoever comes first ends at once; the other one waits until somebody lets it go.
        var (first, go) = (folder.In("first"), folder.In("go"));
        using var run = new Commands(folder.In("gateway")).Open("fleet", "exec", $"mkdir '{first}' && echo first || until [ -e '{go}' ]; do sleep 0.1; done", "--on", "role=web", "--json");
        var errors = run.StandardError.ReadToEndAsync();
        try
        {
            JsonArray asked = [];
            await Until.TrueAsync(async () => (asked = (await gateway.CallAsync("approvals_list", new { }))["result"]!.AsArray()).Count > 0, () => gateway.Log);
            await gateway.CallAsync("approvals_approve", new { id = (string)asked[0]!["id"]! });

            var ended = await LineAsync();
            Assert.Equal(("node", "ok", "first\n"), ((string)ended["event"]!, (string)ended["outcome"]!, (string)ended["output"]!));
            await File.WriteAllTextAsync(go, "");
            var other = await LineAsync();
            Assert.Equal(("node", "ok"), ((string)other["event"]!, (string)other["outcome"]!));
            Assert.NotEqual((string)ended["node"]!, (string)other["node"]!);
            var summary = await LineAsync();
            Assert.Equal(("summary", "done", 2), ((string)summary["event"]!, (string)summary["status"]!, (int)summary["result"]!["ok"]!));
            Assert.Null(await run.StandardOutput.ReadLineAsync());
            await run.WaitForExitAsync().WaitAsync(Until.Limit);
            Assert.Equal(0, run.ExitCode);
        }
        finally
        {
            await File.WriteAllTextAsync(go, "");
            if (!run.HasExited) run.Kill();
        }

        async Task<JsonNode> LineAsync()
        {
            var line = await run.StandardOutput.ReadLineAsync().WaitAsync(Until.Limit);
            return JsonNode.Parse(line ?? throw new InvalidOperationException($"It ended too early.\n{await errors}\n{gateway.Log}"))!;
        }
    }
}
