using System.Globalization;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ChatOps.Bus;

/// <summary>
/// Puts messages aside with a reason: those that gateways died over again and again, and those that nobody here can read. It does so before the broker would by its own limit, because the broker moves
/// a message without confirming it to itself, and one that is killed at that moment was seen to lose it: here the message is acknowledged only when the queue of the dead has confirmed it.
/// </summary>
internal sealed partial class DeadMessages(RabbitMqOptions options, string queue, TimeProvider time, ILogger logger) : IFilter<ReceiveContext>, IFilter<ExceptionReceiveContext>
{
    /// <summary>How many deliveries before the broker's limit a message is put aside: that often it is tried, before the broker does it.</summary>
    public const int Margin = 2;

    /// <summary>Why it was put aside, for whoever looks into the queue.</summary>
    public const string ReasonHeader = "chatops-reason";

    /// <summary>The queue in which it was.</summary>
    public const string QueueHeader = "chatops-queue";

    // A quorum queue counts how often a message came back to it.
    private const string CountHeader = "x-delivery-count";

    /// <summary>How often a message was delivered in vain when it is put aside.</summary>
    public static int LimitOf(RabbitMqOptions options) => Math.Max(1, options.DeliveryLimit - Margin);

    /// <summary>Stands before everything that reads a message.</summary>
    public void AddTo(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(this));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(new Unread(this)));
        endpoint.ConfigureError(pipe => pipe.UseFilter(this));
    }

    /// <inheritdoc/>
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var count = CountOf(context);
        if (count < LimitOf(options)) await next.Send(context);
        else await PutAsideAsync(context, string.Create(CultureInfo.InvariantCulture, $"It was delivered {count} times, and each time whoever had it ended before it was done."));
    }

    /// <inheritdoc/>
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next) => PutAsideAsync(context, $"It cannot be read: {context.Exception.GetBaseException().Message}");

    /// <inheritdoc/>
    public void Probe(ProbeContext context) => context.CreateFilterScope("dead-messages");

    private static long CountOf(ReceiveContext context) =>
        context.TryGetPayload(out RabbitMqBasicConsumeContext? delivered) && delivered.Properties.Headers?.TryGetValue(CountHeader, out var value) == true
            ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
            : 0;

    // What is thrown here lets the message go back to its queue, and it comes again.
    private async Task PutAsideAsync(ReceiveContext context, string reason)
    {
        var delivered = context.GetPayload<RabbitMqBasicConsumeContext>();
        var properties = new BasicProperties(delivered.Properties) { Persistent = true };
        properties.Headers = new Dictionary<string, object?>(delivered.Properties.Headers ?? new Dictionary<string, object?>()) { [ReasonHeader] = reason, [QueueHeader] = queue };
        try
        {
            await context.GetPayload<ChannelContext>()
                .BasicPublishAsync("", RabbitMqTopology.DeadQueue, mandatory: true, properties, context.GetBody(), awaitAck: true)
                .WaitAsync(options.ConfirmTime, time, context.CancellationToken);
        }
        catch (Exception error) when (!context.CancellationToken.IsCancellationRequested)
        {
            LogNotPutAside(queue, RabbitMqTopology.DeadQueue, reason, error.GetBaseException().Message);
            throw;
        }

        LogPutAside(queue, RabbitMqTopology.DeadQueue, reason);
    }

    /// <summary>What none of today's handlers understands.</summary>
    private sealed class Unread(DeadMessages dead) : IFilter<ReceiveContext>
    {
        public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) => dead.PutAsideAsync(context, "It is none of the messages that this gateway knows.");

        public void Probe(ProbeContext context) => dead.Probe(context);
    }
}
