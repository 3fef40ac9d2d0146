using System.Diagnostics.Metrics;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>The numbers of this part, under the meter <c>ChatOps</c>.</summary>
internal sealed class BusMetrics
{
    private const string MeterName = "ChatOps";
    private readonly Counter<long> accepted;
    private readonly Counter<long> delivered;
    private readonly Histogram<double> sends;

    public BusMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        accepted = meter.CreateCounter<long>("chatops.messages.received", "{message}", "Inbound messages, by channel and what the inbox did.");
        delivered = meter.CreateCounter<long>("chatops.messages.delivered", "{message}", "Delivery steps that ended, by channel and end.");
        sends = meter.CreateHistogram<double>("chatops.send.duration", "ms", "How long channels took to send, by channel.");
    }

    public void Received(string channel, InboxStatus status) => accepted.Add(1, new("channel", channel), new("status", status.ToString()));

    public void Ended(string channel, OutboxState state) => delivered.Add(1, new("channel", channel), new("state", state.ToString()));

    public void Sent(string channel, OutboundOperation operation, TimeSpan took) =>
        sends.Record(took.TotalMilliseconds, new("channel", channel), new("operation", operation.ToString()));
}
