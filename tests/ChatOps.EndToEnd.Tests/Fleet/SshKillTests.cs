using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Ssh;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>A gateway that is killed while a command runs on a node that it reaches by ssh, with a real sshd.</summary>
public sealed class SshKillTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_ran_over_ssh_when_the_gateway_died_ends_as_unknown_goes_on_on_its_machine_and_is_never_repeated()
    {
        await using var server = await SshServer.StartAsync();
        var environment = new Dictionary<string, string> { ["CHATOPS__Fleet__Ssh__ConfigFile"] = server.ConfigFile };
        var (trace, go) = (folder.In("trace"), folder.In("go"));
        string invocation;
        try
        {
            await using (var gateway = await GatewayProcess.StartAsync(folder.In("gateway"), environment: environment))
            {
                var added = await gateway.CallApprovedAsync("node_add", new { name = "web-1", ssh = "alias", label = "role=web" });
                Assert.True((string)added["status"]! == "done", added.ToJsonString());
                var asked = await gateway.CallAsync("run", new { command_line = $"echo begun >> '{trace}'; until [ -e '{go}' ]; do sleep 0.1; done; echo ended >> '{trace}'", on = "role=web" });
                invocation = (string)asked["invocation"]!;
                await gateway.CallAsync("approvals_approve", new { id = (string)asked["approval"]! });
                await Until.TrueAsync(() => Task.FromResult(File.Exists(trace) && File.ReadAllText(trace) == "begun\n"), () => gateway.Log);
                gateway.Kill();
            }

            await using var next = await GatewayProcess.StartAsync(folder.In("gateway"), environment: environment);
            var outcome = await next.EndOfAsync(invocation);
            var node = outcome["result"]!["nodes"]![0]!;
            Assert.Equal(("unknown", "unknown"), ((string)outcome["status"]!, (string)node["outcome"]!));
            Assert.Contains("which is reached by ssh, remembers nothing; how it ended is not known. It is not repeated by itself.", (string)node["message"]!, StringComparison.Ordinal);
            await File.WriteAllTextAsync(go, "");
            await Until.TrueAsync(() => Task.FromResult(File.ReadAllText(trace) == "begun\nended\n"), () => $"{File.ReadAllText(trace)}\n{next.Log}");

            // The node itself is none the worse for it.
            await Until.TrueAsync(async () => await next.StateOfAsync("web-1") == "online", () => next.Log);
            Assert.Equal("done", (string)(await next.CallAsync("run", new { command_line = "uptime", on = "web-1" }))["status"]!);
            Assert.Equal("begun\nended\n", await File.ReadAllTextAsync(trace));
        }
        finally
        {
            await File.WriteAllTextAsync(go, "");
        }
    }
}
