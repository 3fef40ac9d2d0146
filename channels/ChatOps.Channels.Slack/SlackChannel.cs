using ChatOps.Diagnostics;
using ChatOps.Messages;

namespace ChatOps.Channels.Slack;

/// <summary>Slack as a channel.</summary>
internal sealed class SlackChannel(SlackListener listener, SlackSender sender, SlackProgress progress, SlackDownloads downloads, SlackHealth health) : IChannel
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "slack";

    public string Name => ChannelName;

    public ChannelCapabilities Capabilities { get; } = new(Buttons: true, Edits: true, Threads: true, MaxTextLength: Rendering.SlackLimits.MessageText);

    public PartHealth? Health => health.Report();

    public Task RunAsync(CancellationToken cancellationToken) => listener.RunAsync(cancellationToken);

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        await progress.ForgetAsync(message.MessageId);
        return await sender.SendAsync(message, cancellationToken);
    }

    public void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content) => progress.Show(conversation, messageId, platformId, content);

    public Task EndProgressAsync(string messageId) => progress.ForgetAsync(messageId);

    public Task<FileFetch> FetchFileAsync(InboundFile file, Stream into, long maxBytes, CancellationToken cancellationToken) => downloads.FetchAsync(file, into, maxBytes, cancellationToken);
}
