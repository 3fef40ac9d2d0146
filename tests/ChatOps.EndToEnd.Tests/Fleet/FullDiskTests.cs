using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing;
using ChatOps.Testing.Faults;
using Until = ChatOps.EndToEnd.Harness.Until;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>A real daemon whose disk is full: nothing runs that could not be remembered, what cannot be kept is said, and with room again all goes on.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task On_a_full_disk_nothing_starts_output_is_bounded_and_with_room_again_all_goes_on()
    {
        var urls = $"http://127.0.0.1:{LoopbackPort.Free()}";
        var gateway = await GatewayProcess.StartAsync(folder.In("gateway"), null, null, "--urls", urls);
        await using var daemon = DaemonProcess.StartOnDisk("1m", gateway.Address, "web-1", folder.In("node"), await gateway.TokenAsync());
        await gateway.OnlineAsync(daemon, "web-1");
        var filler = $"/proc/{daemon.Id}/root{folder.In("node")}/filler";

        // Output that the disk has no room for: the command runs to its end, what is shown is bounded, and what is missing is said.
        var large = NodeOf(await gateway.CallAsync("run", new { command_line = "seq 1 1000000", on = "web-1" }));
        Assert.Equal(("exited", 0), ((string)large["end"]!, (int)large["exitCode"]!));
        Assert.Contains("could not keep all of the output", (string?)large["message"], StringComparison.Ordinal);
        Assert.True(((string)large["output"]!).Length < 200_000);

        DiskFiller.Fill(filler);
        var change = $"touch {folder.In("made")}";
        var refused = NodeOf(await gateway.CallApprovedAsync("run", new { command_line = change, on = "web-1" }));
        Assert.Equal("not-started", (string?)refused["outcome"]);
        Assert.Contains("nothing was started", (string)refused["message"]!, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.In("made")));

        // The gateway goes and comes back: a daemon that cannot write its membership says so, and neither ends nor gives up.
        await gateway.DisposeAsync();
        gateway = await GatewayProcess.StartAsync(folder.In("gateway"), null, null, "--urls", urls);
        await using var again = gateway;
        await Until.TrueAsync(() => Task.FromResult(daemon.Log.Contains("membership cannot be written", StringComparison.Ordinal)), () => daemon.Log);
        Assert.False(daemon.HasExited);

        File.Delete(filler);
        await gateway.OnlineAsync(daemon, "web-1");
        Assert.Equal("ok", (string?)NodeOf(await gateway.CallApprovedAsync("run", new { command_line = change, on = "web-1" }))["outcome"]);
        Assert.True(File.Exists(folder.In("made")));
        Assert.Equal("ok", (string?)NodeOf(await gateway.CallAsync("run", new { command_line = "uptime", on = "web-1" }))["outcome"]);
    }

    private static JsonNode NodeOf(JsonNode outcome) => outcome["result"]?["nodes"]?[0] ?? throw new InvalidOperationException($"No node in {outcome.ToJsonString()}");
}
