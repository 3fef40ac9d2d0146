using System.Globalization;
using System.Security.Cryptography;
using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Node;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tests.Node;
using ChatOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Fleet.Far;

/// <summary>Nodes that are connected to another gateway's relay than the one that has work for them.</summary>
public sealed class FarNodesTests : IAsyncLifetime
{
    private const string Node = "web-1";
    private static int s_ids;
    private readonly TempDirectory directory = new();
    private readonly Net net = new();
    private readonly List<DaemonRun> daemons = [];
    private readonly List<FarGateway> gateways = [];
    private StoreFixture store = null!;

    public async ValueTask InitializeAsync()
    {
        store = await StoreFixture.OpenAsync(configure: services => services.AddSingleton<IMessageBus>(net));
        foreach (var id in new[] { "a", "b", "c" }) gateways.Add(await FarGateway.StartAsync(id, net, store, directory.Path));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in daemons) await daemon.StopAsync();
        foreach (var gateway in gateways) await gateway.DisposeAsync();
        await store.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task A_node_is_seen_by_all_gateways_and_runs_what_any_of_them_signed()
    {
        await JoinAsync(gateways[1]);
        Assert.Empty(gateways[0].Sessions.All);
        foreach (var gateway in gateways)
        {
            var watcher = new Watcher();
            var result = await gateway.Nodes.ExecuteAsync(Shell($"echo via {gateway.Id}"), watcher, CancellationToken.None);
            Assert.Equal((ExecutionEnd.Exited, $"via {gateway.Id}\n"), (result.End, result.Output));
            Assert.Equal(result.Output, watcher.Text);
        }
    }

    [Fact]
    public async Task Long_output_comes_whole_and_live_over_a_bus_that_loses_doubles_and_reorders()
    {
        await JoinAsync(gateways[1]);
        var random = new Random(4711);
        net.Copies = _ => random.Next(60) switch { 0 => 0, < 8 => 2, _ => 1 };
        net.Late = _ => random.Next(10) == 0;
        var watcher = new Watcher();
        var request = Shell("echo begin; seq 1 200000") with { Limits = new OutputLimits(1024, 1024, 64 * 1024 * 1024, directory["out.raw"]), Timeout = TimeSpan.FromMinutes(5) };
        var result = await gateways[0].Nodes.ExecuteAsync(request, watcher, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(ExecutionEnd.Exited, result.End);
        Assert.Equal(Enumerable.Range(1, 200_000).Select(i => i.ToString(CultureInfo.InvariantCulture)).Prepend("begin"), await File.ReadAllLinesAsync(result.FilePath!));
        Assert.True(net.Traffic > 20);
    }

    [Fact]
    public async Task What_a_program_is_to_read_reaches_it()
    {
        await JoinAsync(gateways[1]);
        var content = RandomNumberGenerator.GetBytes(3 * 1024 * 1024 + 7);
        await File.WriteAllBytesAsync(directory["in"], content);
        var input = new ExecutionInput(directory["in"], content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        var program = new CommandProgram([new(CommandJoin.Always, false, [new([new CommandWord("sha256sum", false)], [])])]);
        var result = await gateways[2].Nodes.ExecuteAsync(Shell("true") with { Line = "sha256sum", Program = program, Input = input }, new Watcher(), CancellationToken.None);
        Assert.Equal((ExecutionEnd.Exited, $"{input.Sha256}  -\n"), (result.End, result.Output));
    }

    [Fact]
    public async Task A_stop_reaches_it()
    {
        await JoinAsync(gateways[1]);
        using var stop = new CancellationTokenSource();
        var watcher = new Watcher();
        var running = gateways[0].Nodes.ExecuteAsync(Shell("echo begun; sleep 300"), watcher, stop.Token);
        await watcher.SeesAsync("begun");
        await stop.CancelAsync();
        Assert.Equal(ExecutionEnd.Cancelled, (await running.WaitAsync(Until.Limit)).End);
    }

    [Fact]
    public async Task A_node_whose_gateway_dies_keeps_what_it_runs_and_tells_its_end_over_the_next_gateway()
    {
        await JoinAsync(gateways[1], then: gateways[2]);
        var watcher = new Watcher();
        var running = gateways[0].Nodes.ExecuteAsync(Shell($"echo x >> {directory["runs"]}; echo one; while [ ! -e {directory["go"]} ]; do sleep 0.05; done; echo two"), watcher, CancellationToken.None);
        await watcher.SeesAsync("one");
        await gateways[1].DieAsync();
        await Until.TrueAsync(() => gateways[2].Sessions.Count == 1);
        await File.WriteAllTextAsync(directory["go"], "");
        var result = await running.WaitAsync(Until.Limit);
        Assert.Equal((ExecutionEnd.Exited, "one\ntwo\n"), (result.End, result.Output));
        Assert.Equal("one\ntwo\n", watcher.Text);
        Assert.Single(await File.ReadAllLinesAsync(directory["runs"]));
    }

    [Fact]
    public async Task A_node_that_comes_to_the_gateway_itself_goes_on_there()
    {
        await JoinAsync(gateways[1], then: gateways[0]);
        var watcher = new Watcher();
        var running = gateways[0].Nodes.ExecuteAsync(Shell($"echo one; while [ ! -e {directory["go"]} ]; do sleep 0.05; done; echo two"), watcher, CancellationToken.None);
        await watcher.SeesAsync("one");
        await gateways[1].DieAsync();
        await Until.TrueAsync(() => gateways[0].Sessions.Count == 1);
        await File.WriteAllTextAsync(directory["go"], "");
        Assert.Equal("one\ntwo\n", (await running.WaitAsync(Until.Limit)).Output);
    }

    [Fact]
    public async Task Whoever_takes_the_work_of_a_dead_gateway_over_gets_its_end_and_nothing_runs_again()
    {
        await JoinAsync(gateways[1]);
        var watcher = new Watcher();
        var request = Shell($"echo x >> {directory["runs"]}; echo one; while [ ! -e {directory["go"]} ]; do sleep 0.05; done; echo two");
        _ = gateways[0].Nodes.ExecuteAsync(request, watcher, CancellationToken.None);
        await watcher.SeesAsync("one");
        await gateways[0].DieAsync();
        await File.WriteAllTextAsync(directory["go"], "");

        var result = await gateways[2].Nodes.ExecuteAsync(request with { OnlyAttach = true }, new Watcher(), CancellationToken.None).WaitAsync(Until.Limit);
        Assert.Equal((ExecutionEnd.Exited, "one\ntwo\n"), (result.End, result.Output));
        Assert.Single(await File.ReadAllLinesAsync(directory["runs"]));
    }

    [Fact]
    public async Task Without_a_broker_it_is_said_and_nothing_is_started()
    {
        await JoinAsync(gateways[1]);
        net.ReachesOthers = false;
        var result = await gateways[0].Nodes.ExecuteAsync(Shell($"touch {directory["made"]}"), new Watcher(), CancellationToken.None);
        Assert.Equal(ExecutionEnd.Unreachable, result.End);
        Assert.Contains("connected to the gateway b", result.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(directory["made"]));
    }

    [Fact]
    public async Task Labels_removal_and_quarantine_are_the_same_on_every_gateway()
    {
        var daemon = await JoinAsync(gateways[1]);
        await gateways[0].Members.LabelAsync(Node, new Dictionary<string, string?> { ["env"] = "prod" }, CancellationToken.None);
        await Until.TrueAsync(() => gateways.All(g => g.Nodes.All().Single().Labels.GetValueOrDefault("env") == "prod"));
        await gateways[2].Members.DrainAsync(Node, CancellationToken.None);
        await Until.TrueAsync(() => gateways.All(g => g.State(Node) == NodeState.Drained));
        await gateways[0].Members.RemoveAsync(Node, CancellationToken.None);
        await daemon.End.WaitAsync(Until.Limit);
        await Until.TrueAsync(() => gateways.All(g => g.Nodes.All().Count == 0));
    }

    [Fact]
    public async Task A_copied_disk_at_another_gateway_puts_the_node_into_quarantine()
    {
        var first = await JoinAsync(gateways[1]);
        CopyState("state", "copy");
        daemons.Add(new DaemonRun(Options("copy", null, [gateways[2]])));
        await Until.TrueAsync(() => gateways[0].State(Node) == NodeState.Quarantined);
        Assert.NotNull(first);
    }

    private async Task<DaemonRun> JoinAsync(FarGateway gateway, FarGateway? then = null)
    {
        var token = (await gateway.Members.InviteAsync(TimeSpan.FromMinutes(5), new Dictionary<string, string>(), "owner", CancellationToken.None)).Token;
        var daemon = new DaemonRun(Options("state", token, then is null ? [gateway] : [gateway, then]));
        daemons.Add(daemon);
        await Until.TrueAsync(() => gateways.All(g => g.State(Node) == NodeState.Online) && gateway.Sessions.Count == 1);
        return daemon;
    }

    private DaemonOptions Options(string state, string? token, IReadOnlyList<FarGateway> relays) => new()
    {
        Relay = relays[0].Relay, MoreRelays = [.. relays.Skip(1).Select(r => r.Relay)], StateDirectory = directory[state], JoinToken = token, Name = Node,
        FirstReconnect = TimeSpan.FromMilliseconds(20), LongestReconnect = TimeSpan.FromMilliseconds(100), StopPatience = TimeSpan.Zero,
    };

    private void CopyState(string from, string to)
    {
        Directory.CreateDirectory(directory[to], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(directory[from]).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))) File.Copy(file, Path.Combine(directory[to], Path.GetFileName(file)));
    }

    private static ExecutionRequest Shell(string script)
    {
        var id = $"far-{Interlocked.Increment(ref s_ids)}-{Guid.NewGuid():N}";
        return new ExecutionRequest(id, Node, script, null, "/", TimeSpan.FromMinutes(5), new OutputLimits(64 * 1024, 64 * 1024, 0, null)) { Risk = Risk.Change, Approval = "test" };
    }
}
