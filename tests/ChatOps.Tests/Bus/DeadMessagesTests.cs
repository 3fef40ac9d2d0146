using System.Globalization;
using System.Text;
using ChatOps.Bus;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Servers;
using RabbitMQ.Client;

namespace ChatOps.Tests.Bus;

/// <summary>What becomes of messages that gateways died over again and again, or that none can read, on a real broker.</summary>
public sealed class DeadMessagesTests(RabbitServer broker) : IClassFixture<RabbitServer>
{
    [Fact]
    public async Task It_is_put_aside_with_its_reason_and_outlives_a_broker_that_is_killed_meanwhile()
    {
        const string Queue = $"chatops.{nameof(Deliver)}";
        const int Poisons = 60;
        await using (var gateway = await RabbitGateway.StartAsync(broker)) await gateway.ConnectedAsync();
        List<string> sent = [.. Enumerable.Range(0, Poisons).Select(i => "poison-" + i.ToString("d2", CultureInfo.InvariantCulture))];
        await using (var connection = await broker.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)))
        {
            foreach (var body in sent) await channel.BasicPublishAsync("", Queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(body));

            // As when whoever has them dies: they go back.
            for (var round = 0; round < DeadMessages.LimitOf(new RabbitMqOptions()); round++)
            {
                List<BasicGetResult> taken = [];
                await Until.TrueAsync(async () =>
                {
                    if (await channel.BasicGetAsync(Queue, autoAck: false) is { } message) taken.Add(message);
                    return taken.Count == Poisons;
                });
                await channel.BasicNackAsync(taken[^1].DeliveryTag, multiple: true, requeue: true);
            }

            foreach (var body in (string[])["not a message", "{}"])
            {
                sent.Add(body);
                await channel.BasicPublishAsync("", Queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(body));
            }
        }

        // The next one begins to put them aside, and the broker dies over it.
        await using var next = await RabbitGateway.StartAsync(broker);
        await using (var connection = await broker.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync()) await Until.TrueAsync(async () => await channel.MessageCountAsync(RabbitMqTopology.DeadQueue) > 0, TimeSpan.FromMinutes(3));
        await broker.SettleAsync();
        await broker.KillAsync();
        await broker.StartAsync();
        await next.ConnectedAsync();

        await using var later = await broker.ConnectAsync();
        await using var reader = await later.CreateChannelAsync();
        Dictionary<string, string> dead = [];
        await Until.TrueAsync(async () =>
        {
            if (await reader.BasicGetAsync(RabbitMqTopology.DeadQueue, autoAck: true) is not { } message) return dead.Count == sent.Count;
            dead[Encoding.UTF8.GetString(message.Body.Span)] = Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![DeadMessages.ReasonHeader]!);
            Assert.Equal(Queue, Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers[DeadMessages.QueueHeader]!));
            return false;
        }, TimeSpan.FromMinutes(3));
        Assert.Equal(sent.Order(StringComparer.Ordinal), dead.Keys.Order(StringComparer.Ordinal));
        Assert.All(dead.Where(d => d.Key.StartsWith("poison", StringComparison.Ordinal)), d => Assert.Contains("whoever had it ended", d.Value, StringComparison.Ordinal));
        Assert.All((string[])["not a message", "{}"], body => Assert.Contains("none of the messages that this gateway knows", dead[body], StringComparison.Ordinal));
        await Until.TrueAsync(async () => await reader.MessageCountAsync(Queue) == 0);
    }
}
