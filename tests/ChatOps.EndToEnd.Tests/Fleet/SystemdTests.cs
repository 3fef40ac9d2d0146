using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>A machine that a real systemd runs: a unit that fails is found there, started again from the conversation, and is well then.</summary>
public sealed class SystemdTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_unit_that_fails_is_found_and_is_well_once_it_was_started_again()
    {
        await using var machine = await SystemdMachine.StartAsync(folder.In("units"), "shop", "idle");
        Directory.CreateDirectory(folder.In("workspace", "checks"));
        await File.WriteAllTextAsync(folder.In("workspace", "checks", "a.yaml"), "checks:\n  - { name: shop, kind: service, on: web-1, service: shop, interval: 5s, timeout: 1m, retries: 1, retry_delay: 1s, recover: 1 }\n", TestContext.Current.CancellationToken);
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, folder.In("workspace"));
        await using var daemon = DaemonProcess.StartInside(machine.Inside, gateway.Address, "web-1", folder.In("node"), await gateway.TokenAsync());
        await gateway.OnlineAsync(daemon, "web-1");
        await StandsAsync("ok");

        Assert.True(await machine.SystemctlAsync("kill", "--signal=KILL", "shop"));
        await StandsAsync("critical");
        var status = (await gateway.CallAsync("service", new { action = "status", name = "shop", on = "web-1" })).ToJsonString();
        Assert.Contains("failed", status, StringComparison.Ordinal);

        var started = await gateway.CallApprovedAsync("service", new { action = "restart", name = "shop", on = "web-1" });
        Assert.True((string?)started["status"] == "done", started.ToJsonString());
        Assert.True(await machine.SystemctlAsync("is-active", "shop"));
        await StandsAsync("ok");

        async Task StandsAsync(string level)
        {
            var last = "";
            await Until.TrueAsync(
                async () =>
                {
                    var states = (await gateway.CallAsync("check_list", new { }))["result"]!["states"]!.AsArray();
                    last = states.ToJsonString();
                    return states.Any(s => (string?)s!["check"] == "shop" && (string?)s["level"] == level);
                },
                () => $"{last}\n{daemon.Log}\n{gateway.Log}");
        }
    }
}
