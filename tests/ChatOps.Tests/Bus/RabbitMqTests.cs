using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Testing;
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

    private static string Id(int number) => number.ToString("d4", CultureInfo.InvariantCulture);
}
