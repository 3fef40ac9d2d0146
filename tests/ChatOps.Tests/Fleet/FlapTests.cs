using System.Diagnostics;
using ChatOps.Fleet;
using ChatOps.Testing;

namespace ChatOps.Tests.Fleet;

public sealed class FlapTests
{
    private const int Nodes = 60;
    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task After_a_restart_of_the_relay_all_nodes_are_back_each_once_and_none_is_suspected()
    {
        await using var relay = await RelayHarness.StartAsync();
        for (var i = 0; i < Nodes; i++) relay.Daemon($"n{i}", await relay.TokenAsync());
        await Until.TrueAsync(() => Online(relay) == Nodes, BackLimit);
        for (var restart = 0; restart < 3; restart++)
        {
            await relay.RestartGatewayAsync();
            var begun = Stopwatch.GetTimestamp();
            await Until.TrueAsync(() => Online(relay) == Nodes, BackLimit);
            Assert.True(Stopwatch.GetElapsedTime(begun) < BackLimit);
        }

        Assert.Equal(Nodes, relay.Sessions.Count);
        Assert.All(relay.Nodes.All(), n => Assert.Null(n.Alert));
    }

    private static int Online(RelayHarness relay) => relay.Nodes.All().Count(n => n is { Kind: NodeKind.Daemon, State: NodeState.Online });
}
