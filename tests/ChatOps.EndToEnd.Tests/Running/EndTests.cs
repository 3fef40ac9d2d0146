using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Running;

/// <summary>How a gateway ends while something runs.</summary>
public sealed class EndTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Sleepers sleepers = new();

    public void Dispose()
    {
        sleepers.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_polite_end_gives_what_runs_a_while_then_stops_and_records_it_and_leaves_a_clean_directory()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var call = gateway.CallAsync("run", new { command_line = $"sleep 66.{sleepers.Number}", on = "local" });
        await Until.TrueAsync(() => Task.FromResult(sleepers.Alive().Count == 1), () => "It does not run.");

        Assert.Equal(0, await gateway.StopAsync());

        Assert.Empty(sleepers.Alive());
        Assert.False(File.Exists(Path.Combine(folder.Data, "gateway.json")), "The key of the command line is still there.");
        try
        {
            await call;
        }
        catch (HttpRequestException)
        {
            // The listener ended before the answer: the record has it.
        }

        await using var next = await GatewayProcess.StartAsync(folder.Data);
        var record = (await next.CallAsync("audit_list", new { tool = "run" }))["result"]!.ToJsonString();
        Assert.Contains("stopped", record, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, (await new Commands(folder.Data).RunAsync("audit", "verify")).ExitCode);
    }

    [Fact]
    public async Task A_gateway_that_dies_under_a_command_leaves_it_unknown_to_the_command_and_recorded_and_never_run_again()
    {
        var gateway = await GatewayProcess.StartAsync(folder.Data);
        var command = new Commands(folder.Data).RunAsync("run", $"sleep 67.{sleepers.Number}", "--on", "local");
        await Until.TrueAsync(() => Task.FromResult(sleepers.Alive().Count == 1), () => "It does not run.");
        gateway.Kill();
        await gateway.DisposeAsync();

        var result = await command;
        Assert.True(result.ExitCode == 6, result.ToString());
        await using var next = await GatewayProcess.StartAsync(folder.Data);
        await Until.TrueAsync(
            async () => (await next.CallAsync("audit_list", new { tool = "run" }))["result"]!.ToJsonString().Contains("The gateway stopped while it ran", StringComparison.Ordinal),
            () => "The record does not say how it ended.");
        Assert.True(sleepers.Alive().Count <= 1, "It ran again.");
    }
}
