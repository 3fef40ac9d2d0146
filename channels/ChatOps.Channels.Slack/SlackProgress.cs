using ChatOps.Channels.Slack.Client;
using ChatOps.Messages;
using ChatOps.Rendering;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>Shows passing states by editing the message, at the pace that Slack allows.</summary>
internal sealed partial class SlackProgress : IAsyncDisposable
{
    /// <summary>How many messages show progress at once.</summary>
    public const int MaxMessages = 256;

    private readonly SlackApi api;
    private readonly SlackShown shown;
    private readonly TimeProvider time;
    private readonly ILogger<SlackProgress> logger;
    private readonly ProgressPace<(string Channel, string Ts, RichMessage Content)> pace;

    public SlackProgress(SlackApi api, SlackShown shown, SlackOptions options, TimeProvider time, ILogger<SlackProgress> logger)
    {
        (this.api, this.shown, this.time, this.logger) = (api, shown, time, logger);
        pace = new(options.ProgressInterval, MaxMessages, (_, state, token) => ShowAsync(state, token), LogFailed, time);
    }

    /// <summary>Shows a state now or soon; never waits. A message that is not there yet, or that only one person sees, has none.</summary>
    public void Show(ConversationKey conversation, string messageId, string? platformId, RichMessage content)
    {
        var parts = SlackParts.Parse(platformId);
        if (parts.Messages.Count > 0 && !SlackPrivate.IsAside(parts.Messages[0])) pace.Show(messageId, (conversation.Chat, parts.Messages[0], content));
    }

    /// <summary>Something lasting comes: what waits is old, and what is on its way is waited for, so that nothing of the past is shown over it.</summary>
    public Task ForgetAsync(string messageId) => pace.ForgetAsync(messageId);

    public ValueTask DisposeAsync() => pace.DisposeAsync();

    private async ValueTask<TimeSpan?> ShowAsync((string Channel, string Ts, RichMessage Content) state, CancellationToken cancellationToken)
    {
        var page = SlackOutbound.Render(state.Content, SlackSender.Revision(state.Ts + time.GetTimestamp())).Pages[0];
        shown.Forget(state.Channel, state.Ts);
        var reply = await api.UpdateAsync(state.Channel, state.Ts, page, cancellationToken);
        return reply.RetryAfter ?? TimeSpan.Zero;
    }

    [LoggerMessage(3222, LogLevel.Warning, "Progress could not be shown on Slack.")]
    private partial void LogFailed(Exception error);
}
