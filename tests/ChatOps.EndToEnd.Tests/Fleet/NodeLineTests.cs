using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>What the command line tells of several machines: of a run that asked first while it goes on, and of what they let a gateway do.</summary>
public sealed class NodeLineTests(TwoMachines machines) : IClassFixture<TwoMachines>
{
    private readonly GatewayProcess gateway = machines.Gateway;

    [Fact]
    public async Task After_an_approval_each_node_is_told_as_it_ends_and_not_when_all_have()
    {
        // Whoever comes first ends at once; the other one waits until somebody lets it go.
        var (first, go) = (machines.Folder.In("first"), machines.Folder.In("go"));
        using var run = machines.Commands.Open("fleet", "exec", $"mkdir '{first}' && echo first || until [ -e '{go}' ]; do sleep 0.1; done", "--on", "role=web", "--json");
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

    [Fact]
    public async Task The_security_audit_names_the_machine_whose_own_policy_asks_for_no_approval_and_no_other()
    {
        Assert.Equal(("changes need an approval", "changes need no approval"), (await PolicyAsync("web-1"), await PolicyAsync("web-2")));

        var audit = await machines.Commands.RunAsync("security", "audit", "--json");
        Assert.True(audit.ExitCode == 1, audit.ToString());
        var found = Assert.Single(JsonNode.Parse(audit.Output)!.AsArray(), f => (string)f!["id"]! == "nodes.open-policy")!;
        Assert.Equal("warning", (string)found["severity"]!);
        Assert.Contains("without an approval: web-2. ", (string)found["text"]!, StringComparison.Ordinal);
    }

    private async Task<string?> PolicyAsync(string name) => (string?)(await gateway.CallAsync("node_show", new { name }))["result"]!["node"]!["facts"]!["policy"];
}
