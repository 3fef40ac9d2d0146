using ChatOps.Diagnostics;
using ChatOps.Messages;

namespace ChatOps.Channels;

/// <summary>A chat platform's adapter: converts, nothing else. Knows no agent and no tool.</summary>
public interface IChannel
{
    /// <summary>Its name: the first part of conversation ids and actors.</summary>
    string Name { get; }

    /// <summary>What it can do, as data, so that rendering can fall back.</summary>
    ChannelCapabilities Capabilities { get; }

    /// <summary>Listens until cancelled. Channels that are fed by HTTP endpoints just wait.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Sends, edits or deletes one message. Expected failures are values; Delivery decides on retries.</summary>
    Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Shows a passing state of a message; coalesces to the platform's rate; may drop. Without the platform's id only where people read the message everywhere.</summary>
    void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content);

    /// <summary>A message's last passing state was shown here: what waits is dropped, and what is on its way is waited for. Another gateway may send the state that lasts.</summary>
    Task EndProgressAsync(string messageId);

    /// <summary>How the connection to the platform is: connected or not and why, last event, last send. Null when there is no connection to speak of.</summary>
    PartHealth? Health => null;

    /// <summary>Fetches a file that came with a message. Expected failures are values.</summary>
    /// <param name="file">The file, as this channel described it.</param>
    /// <param name="into">Where to; what was written by a failed fetch is worthless.</param>
    /// <param name="maxBytes">Never more than so many bytes, whatever the platform claims.</param>
    /// <param name="cancellationToken">Cancels the fetch.</param>
    Task<FileFetch> FetchFileAsync(InboundFile file, Stream into, long maxBytes, CancellationToken cancellationToken) =>
        Task.FromResult(new FileFetch(FileFetchStatus.Gone, $"The channel {Name} has no files."));
}
