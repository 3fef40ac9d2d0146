using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>What every conversation's delivery shares.</summary>
internal sealed record DeliveryParts(
    IStore Store, IReplies Replies, ChannelDirectory Channels, SentMessages Sent, TimeProvider Time, DeliveryOptions Options, BusMetrics Metrics, ILogger<ConversationDelivery> Logger)
{
    /// <summary>This process among the gateways of a shared store; null when it is alone with its store.</summary>
    public string? Holder { get; init; }
}
