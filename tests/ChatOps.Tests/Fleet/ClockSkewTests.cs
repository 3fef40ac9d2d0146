using ChatOps.Fleet;
using ChatOps.Node.Connection;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tests.Node;

namespace ChatOps.Tests.Fleet;

/// <summary>A node whose clock is wrong: it joins, and does what it is asked, because an order's time is the gateway's.</summary>
public sealed class ClockSkewTests
{
    [Theory]
    [InlineData(-365 * 24 * 60)]
    [InlineData(-10)]
    [InlineData(10)]
    [InlineData(365 * 24 * 60)]
    public async Task A_node_with_a_wrong_clock_joins_and_does_what_it_is_asked(int minutes)
    {
        await using var relay = await RelayHarness.StartAsync();
        using var directory = new TempDirectory();
        relay.Daemon("web-1", await relay.TokenAsync(), time: new WrongClock { Offset = TimeSpan.FromMinutes(minutes) });
        await relay.OnlineAsync("web-1");

        Assert.True((await relay.Nodes.ExecuteAsync(Change($"echo x >> {directory["runs"]}"), new Watcher(), CancellationToken.None)).Succeeded);
        Assert.Single(await File.ReadAllLinesAsync(directory["runs"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_clock_that_jumps_while_the_node_is_connected_changes_nothing()
    {
        await using var relay = await RelayHarness.StartAsync();
        var clock = new WrongClock();
        relay.Daemon("web-1", await relay.TokenAsync(), time: clock);
        await relay.OnlineAsync("web-1");
        foreach (var hours in new[] { 3, -3, 0 })
        {
            clock.Offset = TimeSpan.FromHours(hours);
            var result = await relay.Nodes.ExecuteAsync(Change("echo here"), new Watcher(), CancellationToken.None);
            Assert.Equal((ExecutionEnd.Exited, "here\n"), (result.End, result.Output));
            Assert.InRange(result.Duration, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        }

        Assert.Equal(NodeState.Online, relay.State("web-1"));
    }

    [Fact]
    public void What_the_gateways_time_took_on_its_way_makes_no_order_last_longer()
    {
        var clock = new FakeTimeProvider();
        var (gateway, asked) = (clock.GetUtcNow().ToUnixTimeMilliseconds(), clock.GetTimestamp());
        clock.Advance(TimeSpan.FromSeconds(3));
        var time = new GatewayTime(gateway, asked, clock);
        clock.Advance(TimeSpan.FromSeconds(4));

        // It was signed at some moment of those three seconds; taken as the first, it is never behind what the gateway has now.
        Assert.Equal(gateway + 7000, time.Now);
    }

    private static ExecutionRequest Change(string line) => new($"skew-{Guid.NewGuid():N}", "web-1", line, null, "/", TimeSpan.FromSeconds(60), new OutputLimits(1024, 1024, 0, null))
    {
        Risk = Risk.Change, Approval = "A7K2Q9",
    };

    /// <summary>Steady like any, and wrong about what time it is.</summary>
    private sealed class WrongClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
    }
}
