using ChatOps.Bus;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using ChatOps.Testing.Discord;
using Microsoft.Extensions.Logging.Abstractions;
using static ChatOps.Testing.Discord.DiscordServer;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>Two gateways on one store and one bot: one holds the connection.</summary>
public sealed class DiscordLeaseTests
{
    [Fact]
    public async Task One_holds_the_connection_and_the_other_resumes_it_when_that_one_ends()
    {
        using var directory = new TempDirectory();
        await using var bus = await BusHarness.StartAsync(directory, TimeProvider.System, [new FakeChannel()]);
        await using var server = await StartAsync();
        var shared = new DiscordWorldServices(server) { Leadership = Leads(bus, new FakeTimeProvider()) };
        await using var first = await DiscordRig.StartAsync(server, shared);
        var clock = new FakeTimeProvider();
        await using var second = DiscordRig.Of(server, new DiscordWorldServices(server) { Leadership = Leads(bus, clock), Kept = shared });
        second.Run();
        await Until.TrueAsync(() => second.Channel.Health!.Summary.Contains("Another gateway holds", StringComparison.Ordinal));
        server.Say(server.DirectOf(Ada), Ada, "/one");
        await Until.TrueAsync(() => first.Inbox.Accepted.Count == 1);
        Assert.Equal(1, server.Connections);

        await first.StopAsync();
        server.Say(server.DirectOf(Ada), Ada, "/two");
        await Until.TrueAsync(() =>
        {
            if (second.Inbox.Accepted.Count > 0) return true;
            if (clock.WaitingTimers > 0) clock.Advance(TimeSpan.FromSeconds(1));
            return false;
        });
        Assert.Equal("/two", Assert.Single(second.Inbox.Accepted).Text);
        Assert.Equal((1, 1), (server.Identifies, server.Resumes));
    }

    [Fact]
    public async Task One_that_slept_over_its_lease_leaves_the_connection_and_does_not_write_its_old_session_over_the_new_one()
    {
        using var directory = new TempDirectory();
        await using var bus = await BusHarness.StartAsync(directory, TimeProvider.System, [new FakeChannel()]);
        await using var server = await StartAsync();
        var sleeping = new FakeTimeProvider();
        var shared = new DiscordWorldServices(server) { Leadership = Leads(bus, sleeping) };
        await using var sleeper = await DiscordRig.StartAsync(server, shared);
        var clock = new FakeTimeProvider();
        await using var other = DiscordRig.Of(server, new DiscordWorldServices(server) { Leadership = Leads(bus, clock), Kept = shared });
        other.Run();
        await Until.TrueAsync(() =>
        {
            if (other.Channel.Health!.Facts["connected"] == "yes") return true;
            if (clock.WaitingTimers > 0) clock.Advance(TimeSpan.FromSeconds(1));
            return false;
        });
        var session = shared.State["discord/session"];

        // It wakes: the first thing that it learns is that its lease is another's.
        sleeping.Advance(Leadership.RenewInterval);
        await Until.TrueAsync(() => sleeper.Channel.Health!.Summary.Contains("Another gateway holds", StringComparison.Ordinal));
        Assert.Equal(session, shared.State["discord/session"]);
        server.Say(server.DirectOf(Ada), Ada, "/one");
        await Until.TrueAsync(() => other.Inbox.Accepted.Count == 1);
        Assert.Empty(sleeper.Inbox.Accepted);
    }

    private static Leadership Leads(BusHarness bus, FakeTimeProvider clock) =>
        new(bus.Store, bus.Get<IIdGenerator>(), new BusOptions { AloneWithStore = false }, clock, NullLogger<Leadership>.Instance);
}
