using System.Diagnostics.Metrics;

namespace ChatOps.Channels.Discord;

/// <summary>What is counted.</summary>
internal sealed class DiscordMetrics(IMeterFactory meters)
{
    private readonly Counter<long> dropped =
        meters.Create("ChatOps").CreateCounter<long>("chatops.messages.dropped", "{message}", "Platform events that are no messages to us, by channel and reason.");

    /// <summary>A message was not taken.</summary>
    public void Dropped(DropReason reason) => dropped.Add(1, new("channel", DiscordChannel.ChannelName), new("reason", reason.ToString()));
}
