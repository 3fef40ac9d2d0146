using ChatOps.Bus;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Servers;
using RabbitMQ.Client;

namespace ChatOps.Tests.Bus;

/// <summary>What a real broker does with a message that nobody survives. The broker is its own: one that was killed with kill -9 a moment before was seen to lose such a message.</summary>
public sealed class RabbitMqDeadLetterTests(RabbitServer broker) : IClassFixture<RabbitServer>
{
    private static readonly byte[] Poison = [.. "{}"u8];

    [Fact]
    public async Task A_message_that_its_gateways_die_over_again_and_again_is_put_aside_and_kept()
    {
        await using (var gateway = await RabbitGateway.StartAsync(broker)) await gateway.ConnectedAsync();
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        const string Queue = $"chatops.{nameof(Deliver)}";
        var before = await channel.MessageCountAsync(RabbitMqTopology.DeadQueue);
        await channel.BasicPublishAsync("", Queue, mandatory: true, new BasicProperties { Persistent = true }, Poison);

        // As when whoever has it dies: it goes back.
        var deliveries = 0;
        await Until.TrueAsync(async () =>
        {
            if (await channel.BasicGetAsync(Queue, autoAck: false) is { } message)
            {
                var mine = message.Body.Span.SequenceEqual(Poison);
                if (mine) deliveries++;
                await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: mine);
            }

            return await channel.MessageCountAsync(RabbitMqTopology.DeadQueue) > before;
        });
        Assert.Equal(new RabbitMqOptions().DeliveryLimit + 1, deliveries);
        Assert.Equal(0u, await channel.MessageCountAsync(Queue));
    }
}
