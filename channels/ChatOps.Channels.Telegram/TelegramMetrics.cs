using System.Diagnostics.Metrics;

namespace ChatOps.Channels.Telegram;

/// <summary>The numbers of this channel, under the meter <c>ChatOps</c>.</summary>
internal sealed class TelegramMetrics
{
    private readonly Counter<long> dropped;

    public TelegramMetrics(IMeterFactory meters) =>
        dropped = meters.Create("ChatOps").CreateCounter<long>("chatops.messages.dropped", "{message}", "Platform events that are no messages to us, by channel and reason.");

    /// <summary>Something was nothing for the gateway.</summary>
    public void Dropped(string reason) => dropped.Add(1, new("channel", TelegramInbound.ChannelName), new("reason", reason));
}
