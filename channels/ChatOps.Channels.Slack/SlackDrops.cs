using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>What Slack tells and the gateway does not take: counted with the reason, in the metrics and in the health report.</summary>
internal sealed partial class SlackDrops
{
    private readonly Counter<long> dropped;
    private readonly SlackHealth health;
    private readonly ILogger<SlackDrops> logger;

    public SlackDrops(SlackHealth health, IMeterFactory meters, ILogger<SlackDrops> logger)
    {
        (this.health, this.logger) = (health, logger);
        dropped = meters.Create("ChatOps").CreateCounter<long>("chatops.messages.dropped", "{message}", "Platform events that are no messages to us, by channel and reason.");
    }

    /// <summary>One more.</summary>
    /// <param name="reason">A fixed word.</param>
    public void Add(string reason)
    {
        dropped.Add(1, new("channel", SlackChannel.ChannelName), new("reason", reason));
        health.Dropped(reason);
        LogDropped(reason);
    }

    [LoggerMessage(3201, LogLevel.Debug, "Something of Slack was dropped: {Reason}.")]
    private partial void LogDropped(string reason);
}
