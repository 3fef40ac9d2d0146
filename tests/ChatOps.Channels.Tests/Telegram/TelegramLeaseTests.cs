using ChatOps.Bus;
using ChatOps.Diagnostics;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using ChatOps.Testing.Telegram;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>Several gateways on one store and one bot. Each has a clock of its own: one that stands still is a gateway that is paused or dead.</summary>
public sealed class TelegramLeaseTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Of_two_gateways_one_polls_and_the_other_says_who_does_and_takes_over_when_it_ends()
    {
        await using var world = await World.StartAsync();
        await using var first = await world.GatewayAsync(new FakeTimeProvider());
        var clock = new FakeTimeProvider();
        await using var second = await world.GatewayAsync(clock, connected: false);
        await Until.TrueAsync(() => second.Channel.Health!.Summary.Contains("Another gateway polls", StringComparison.Ordinal));
        Assert.Equal(PartState.Degraded, second.Channel.Health!.State);
        var chat = world.Server.Direct(TelegramBench.Ada);
        var one = world.Server.Say(chat, TelegramBench.Ada, "/one");
        await Until.TrueAsync(() => world.Server.IsConfirmed(one));

        await first.StopAsync();
        await Until.TrueAsync(() => !world.Server.IsPolled);
        var two = world.Server.Say(chat, TelegramBench.Ada, "/two");
        await AdvanceUntilAsync(clock, () => world.Server.IsConfirmed(two));

        Assert.Equal(["/one"], first.Accepted.Select(m => m.Text));
        Assert.Equal(["/two"], second.Accepted.Select(m => m.Text));
        await Until.TrueAsync(() => second.Channel.Health!.State == PartState.Ok);
        Assert.DoesNotContain(world.Server.CallsOf("getUpdates"), c => c.Answer == 409);
    }

    [Fact]
    public async Task Of_eight_gateways_that_start_at_once_one_polls()
    {
        await using var world = await World.StartAsync();
        var gateways = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.GatewayAsync(new FakeTimeProvider(), connected: false)));
        try
        {
            await Until.TrueAsync(() => gateways.Count(g => g.Channel.Health!.Summary.Contains("Another gateway polls", StringComparison.Ordinal)) == 7);
            var update = world.Server.Say(world.Server.Direct(TelegramBench.Ada), TelegramBench.Ada, "/one");
            await Until.TrueAsync(() => world.Server.IsConfirmed(update));
            Assert.Single(gateways.SelectMany(g => g.Accepted));
            Assert.DoesNotContain(world.Server.CallsOf("getUpdates"), c => c.Answer == 409);
        }
        finally
        {
            foreach (var gateway in gateways) await gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_gateway_that_was_killed_is_followed_within_fifteen_seconds_and_not_before_its_lease_is_over()
    {
        await using var world = await World.StartAsync();
        var clock = new FakeTimeProvider();
        await world.Bus.Store.WriteAsync(s => s.Leases.TryTake($"telegram/{world.Server.Bot.Id}/updates", "killed", clock.GetUtcNow(), Leadership.Duration), CancellationToken.None);
        await using var successor = await world.GatewayAsync(clock, connected: false);
        await Until.TrueAsync(() => successor.Channel.Health!.Summary.Contains("Another gateway polls", StringComparison.Ordinal));
        var passed = TimeSpan.Zero;
        while (passed < Leadership.Duration - Soon)
        {
            await Until.TrueAsync(() => clock.WaitingTimers > 0);
            clock.Advance(Soon);
            passed += Soon;
        }

        Assert.Equal(0, world.Server.Polls);
        await Until.TrueAsync(() =>
        {
            if (world.Server.Polls > 0) return true;
            if (WaitsToLead(clock))
            {
                clock.Advance(Soon);
                passed += Soon;
            }

            return false;
        });
        Assert.InRange(passed, Leadership.Duration, TimeSpan.FromSeconds(15));
        await Until.TrueAsync(() => successor.Channel.Health!.State == PartState.Ok);
    }

    [Fact]
    public async Task A_gateway_that_slept_over_its_lease_confirms_nothing_and_asks_nothing_when_it_wakes()
    {
        await using var world = await World.StartAsync();
        var inbox = new ConformanceInbox();
        await using var sleeper = await world.GatewayAsync(new FakeTimeProvider(), inbox: inbox);
        var asleep = new TaskCompletionSource();
        inbox.Commit = asleep.Task;
        var update = world.Server.Say(world.Server.Direct(TelegramBench.Ada), TelegramBench.Ada, "/one");
        await Until.TrueAsync(() => inbox.Asked == 1);

        var clock = new FakeTimeProvider();
        await using var other = await world.GatewayAsync(clock, connected: false);
        await AdvanceUntilAsync(clock, () => world.Server.IsConfirmed(update));
        await Until.TrueAsync(() => world.Server.IsPolled);
        var polls = world.Server.Polls;
        asleep.SetResult();

        // Its clock still says that it leads; the store does not.
        await Until.TrueAsync(() => sleeper.Channel.Health!.Summary.Contains("Another gateway polls", StringComparison.Ordinal));
        Assert.Equal(polls, world.Server.Polls);
        Assert.Equal(["/one"], other.Accepted.Select(m => m.Text));
        Assert.DoesNotContain(world.Server.CallsOf("getUpdates"), c => c.Answer == 409);
    }

    [Fact]
    public async Task A_gateway_whose_question_was_open_while_it_slept_steps_back_and_the_other_goes_on()
    {
        await using var world = await World.StartAsync();
        await using var sleeper = await world.GatewayAsync(new FakeTimeProvider());
        await Until.TrueAsync(() => world.Server.IsPolled);
        var clock = new FakeTimeProvider();
        await using var other = await world.GatewayAsync(clock, connected: false);

        // The one that asks last has the updates; whoever asked before is told with 409, and does not ask again by itself.
        await AdvanceUntilAsync(clock, () => other.Channel.Health!.State == PartState.Ok);
        await Until.TrueAsync(() => world.Server.CallsOf("getUpdates").Any(c => c.Answer == 409));
        var chat = world.Server.Direct(TelegramBench.Ada);
        for (var i = 0; i < 5; i++)
        {
            var update = world.Server.Say(chat, TelegramBench.Ada, $"/{i}");
            await Until.TrueAsync(() => world.Server.IsConfirmed(update));
        }

        Assert.Equal(5, other.Accepted.Count);
        Assert.Empty(sleeper.Accepted);
        Assert.Single(world.Server.CallsOf("getUpdates"), c => c.Answer == 409);
    }

    [Fact]
    public async Task A_gateway_that_lost_its_store_asks_nothing_until_it_is_back()
    {
        await using var world = await World.StartAsync();
        var clock = new FakeTimeProvider();
        var store = new FlakyStore(world.Bus.Store);
        await using var gateway = await world.GatewayAsync(clock, store: store);
        await Until.TrueAsync(() => world.Server.IsPolled);
        store.IsAway = true;
        var chat = world.Server.Direct(TelegramBench.Ada);
        var one = world.Server.Say(chat, TelegramBench.Ada, "/one");
        await Until.TrueAsync(() => gateway.Channel.Health!.State == PartState.Degraded);
        Assert.False(world.Server.IsConfirmed(one));
        Assert.False(world.Server.IsPolled);
        store.IsAway = false;
        await AdvanceUntilAsync(clock, () => world.Server.IsConfirmed(one));
    }

    // A step at a time. Once it leads, no time passes: what it asks Telegram takes real time.
    private static Task AdvanceUntilAsync(FakeTimeProvider clock, Func<bool> condition) => Until.TrueAsync(() =>
    {
        if (condition()) return true;
        if (WaitsToLead(clock)) clock.Advance(Soon);
        return false;
    });

    // Between two tries; a leader waits longer, for its next renewal.
    private static bool WaitsToLead(FakeTimeProvider clock) => clock.NextDue <= Leadership.TryInterval;

    private sealed class World(TempDirectory directory, BusHarness bus, TelegramServer server) : IAsyncDisposable
    {
        public BusHarness Bus => bus;

        public TelegramServer Server => server;

        public static async Task<World> StartAsync()
        {
            var directory = new TempDirectory();
            return new World(directory, await BusHarness.StartAsync(directory, TimeProvider.System, [new FakeChannel()]), await TelegramServer.StartAsync());
        }

        public Task<TelegramBench> GatewayAsync(FakeTimeProvider clock, bool connected = true, ConformanceInbox? inbox = null, IStore? store = null) => RunAsync(
            new Leadership(store ?? bus.Store, bus.Get<IIdGenerator>(), new BusOptions { AloneWithStore = false }, clock, NullLogger<Leadership>.Instance), connected, inbox);

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await bus.DisposeAsync();
            directory.Dispose();
        }

        private async Task<TelegramBench> RunAsync(ILeadership leadership, bool connected, ConformanceInbox? inbox)
        {
            var gateway = await TelegramBench.StartAsync(server, run: false, inbox: inbox, leadership: leadership);
            await gateway.RunAsync(connected);
            return gateway;
        }
    }
}
