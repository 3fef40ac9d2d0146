using System.Globalization;
using System.Net;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Faults;
using ChatOps.Testing.Servers;

namespace ChatOps.Tests.Bus;

/// <summary>Several gateways on a real broker, which comes late, dies and comes back.</summary>
public sealed class RabbitMqTests(RabbitServer broker) : IClassFixture<RabbitServer>
{
    private const int Messages = 200;

    [Fact]
    public async Task What_one_gateway_has_to_do_one_does_and_what_all_must_hear_all_hear_once()
    {
        await using var first = await RabbitGateway.StartAsync(broker);
        await using var second = await RabbitGateway.StartAsync(broker);
        await Task.WhenAll(first.ConnectedAsync(), second.ConnectedAsync());

        for (var i = 0; i < Messages; i++) await first.Bus.PublishAsync(new ApprovalDecided(Id(i)), CancellationToken.None);
        await Until.TrueAsync(() => first.Works.Count + second.Works.Count >= Messages);
        Assert.Equal(Enumerable.Range(0, Messages).Select(Id).Order(StringComparer.Ordinal), first.Works.Concat(second.Works).Order(StringComparer.Ordinal));

        // Both took part: the broker hands them out in turn.
        Assert.All([first, second], gateway => Assert.NotEmpty(gateway.Works));

        for (var i = 0; i < Messages; i++) await (i % 2 == 0 ? first : second).Bus.PublishAsync(new InvocationFinished(Id(i)), CancellationToken.None);
        await Until.TrueAsync(() => first.Hears.Count >= Messages && second.Hears.Count >= Messages);
        Assert.All([first, second], gateway => Assert.Equal(Messages, gateway.Hears.Distinct().Count()));
        Assert.All([first, second], gateway => Assert.Equal(Messages, gateway.Hears.Count));
    }

    [Fact]
    public async Task What_is_for_one_gateway_reaches_that_one_alone_and_is_lost_when_it_is_gone()
    {
        await using var first = await RabbitGateway.StartAsync(broker);
        await using var second = await RabbitGateway.StartAsync(broker);
        await Task.WhenAll(first.ConnectedAsync(), second.ConnectedAsync());
        Assert.True(first.Bus.ReachesOthers);

        for (var i = 0; i < Messages; i++) await first.Bus.PublishAsync(For("nobody", i), CancellationToken.None);
        for (var i = 0; i < Messages; i++) await first.Bus.PublishAsync(For(second.Id, i), CancellationToken.None);
        await first.Bus.PublishAsync(For(first.Id, 7), CancellationToken.None);
        await Until.TrueAsync(() => second.Gets.Count >= Messages && first.Gets.Count >= 1);
        Assert.Equal(Enumerable.Range(0, Messages).Select(i => (long)i), second.Gets.Order());
        Assert.Equal([7L], first.Gets);

        static NodeTraffic For(string gateway, int number) => new(gateway, "me", "link", false, "web-1", 1, number, [1, 2, 3]);
    }

    [Fact]
    public async Task Without_its_broker_a_gateway_does_everything_itself_says_so_and_joins_the_others_when_the_broker_is_back()
    {
        await broker.SettleAsync();
        await broker.KillAsync();
        await using var first = await RabbitGateway.StartAsync(broker);
        await first.Bus.PublishAsync(new ApprovalDecided("alone"), CancellationToken.None);
        await first.Bus.PublishAsync(new InvocationFinished("alone"), CancellationToken.None);
        await Until.TrueAsync(() => first.Works.Count == 1 && first.Hears.Count == 1);
        var health = await first.HealthAsync();
        Assert.Equal(PartState.Degraded, health.State);
        Assert.Contains("Work goes on in this gateway", health.Summary, StringComparison.Ordinal);

        await broker.StartAsync();
        await using var second = await RabbitGateway.StartAsync(broker);
        await Task.WhenAll(first.ConnectedAsync(), second.ConnectedAsync());
        await first.Bus.PublishAsync(new InvocationFinished("together"), CancellationToken.None);
        await Until.TrueAsync(() => second.Hears.Contains("together"));
    }

    [Fact]
    public async Task A_broker_that_is_killed_and_comes_back_loses_no_work()
    {
        await using var first = await RabbitGateway.StartAsync(broker);
        await using var second = await RabbitGateway.StartAsync(broker);
        await Task.WhenAll(first.ConnectedAsync(), second.ConnectedAsync());
        await broker.SettleAsync();
        var sent = 0;
        for (; sent < Messages; sent++) await first.Bus.PublishAsync(new ApprovalDecided(Id(sent)), CancellationToken.None);
        await broker.KillAsync();
        for (; sent < 2 * Messages; sent++) await first.Bus.PublishAsync(new ApprovalDecided(Id(sent)), CancellationToken.None);

        // What was under way when it died, and what came while it was away: each at least once, somewhere, before it is back.
        await Until.TrueAsync(() => Done() >= Messages);
        await broker.StartAsync();
        await Task.WhenAll(first.ConnectedAsync(), second.ConnectedAsync());
        await Until.TrueAsync(async () =>
        {
            await first.Bus.PublishAsync(new InvocationFinished("back"), CancellationToken.None);
            return second.Hears.Contains("back");
        }, TimeSpan.FromMinutes(3));
        for (; sent < 3 * Messages; sent++) await first.Bus.PublishAsync(new ApprovalDecided(Id(sent)), CancellationToken.None);
        await Until.TrueAsync(() => Done() == 3 * Messages);

        int Done() => first.Works.Concat(second.Works).Distinct().Count();
    }

    [Fact]
    public async Task A_broker_that_falls_silent_is_noticed_by_a_gateway_that_has_nothing_to_say_and_heard_again_when_it_is_back()
    {
        await using var wire = new Wire(new IPEndPoint(IPAddress.Loopback, broker.Port));
        await using var first = await RabbitGateway.StartAsync(broker);
        await using var second = await RabbitGateway.StartAsync(broker, options => (options.Port, options.Heartbeat) = (wire.Port, TimeSpan.FromSeconds(1)));
        await Task.WhenAll(first.ConnectedAsync(), second.ConnectedAsync());

        wire.State = WireState.Silent;
        await Until.TrueAsync(async () => (await second.HealthAsync()).State == PartState.Degraded);
        wire.State = WireState.Whole;
        await second.ConnectedAsync();

        await first.Bus.PublishAsync(new InvocationFinished("back"), CancellationToken.None);
        await Until.TrueAsync(() => second.Hears.Contains("back"));

        // The connection that was silent does not come alive again, with messages that the new one should have.
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Until.TrueAsync(async () => await channel.ConsumerCountAsync($"chatops.{nameof(ApprovalDecided)}") == 2);
    }

    [Fact]
    public async Task While_the_broker_is_short_of_memory_every_gateway_works_by_itself_and_with_the_others_when_it_is_not()
    {
        await using var first = await RabbitGateway.StartAsync(broker);
        await using var second = await RabbitGateway.StartAsync(broker);
        await Task.WhenAll(first.ConnectedAsync(), second.ConnectedAsync());

        await broker.SetShortOfMemoryAsync(true);
        await first.Bus.PublishAsync(new ApprovalDecided("short"), CancellationToken.None);
        await Until.TrueAsync(() => first.Works.Contains("short"));
        Assert.Contains("does not answer", (await first.HealthAsync()).Summary, StringComparison.Ordinal);
        Assert.False(first.Bus.ReachesOthers);

        await broker.SetShortOfMemoryAsync(false);
        await first.ConnectedAsync();
        await first.Bus.PublishAsync(new InvocationFinished("together"), CancellationToken.None);
        await Until.TrueAsync(() => second.Hears.Contains("together"));
    }

    [Fact]
    public async Task A_broker_that_does_not_know_the_password_is_named_with_what_to_look_at()
    {
        await using var gateway = await RabbitGateway.StartAsync(broker, options => options.Password = "wrong");
        PartHealth? health = null;
        await Until.TrueAsync(async () => (health = await gateway.HealthAsync()).Summary.Contains("password", StringComparison.Ordinal));
        Assert.Equal(PartState.Degraded, health!.State);
        Assert.Contains("Bus:RabbitMq:Password", health.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", health.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_virtual_host_that_is_not_there_is_named()
    {
        await using var gateway = await RabbitGateway.StartAsync(broker, options => options.VirtualHost = "no-such-host");
        await Until.TrueAsync(async () => (await gateway.HealthAsync()).Summary.Contains("the virtual host no-such-host", StringComparison.Ordinal));
    }

    private static string Id(int number) => number.ToString("d4", CultureInfo.InvariantCulture);
}
