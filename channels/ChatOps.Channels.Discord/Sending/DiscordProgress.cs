using ChatOps.Messages;
using ChatOps.Rendering;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Discord;

/// <summary>Shows passing states by editing: the newest of each interval, and only while the bucket has room left for what lasts.</summary>
internal sealed partial class DiscordProgress : IAsyncDisposable
{
    private const int MaxMessages = 200;

    private readonly DiscordPoster poster;
    private readonly DiscordOptions options;
    private readonly ILogger<DiscordProgress> logger;
    private readonly ProgressPace<(MessagePart Part, RichMessage Content)> pace;

    public DiscordProgress(DiscordPoster poster, DiscordOptions options, TimeProvider time, ILogger<DiscordProgress> logger)
    {
        (this.poster, this.options, this.logger) = (poster, options, logger);
        pace = new(options.ProgressInterval, MaxMessages, ShowAsync, error => LogLost(error.GetType().Name), time);
    }

    /// <summary>Shows a state of a message that was sent.</summary>
    public void Show(string messageId, string? platformId, RichMessage content)
    {
        if (MessagePart.Parse(platformId) is [.., { Kind: not PartKind.Private } last]) pace.Show(messageId, (last, content));
    }

    /// <summary>The message has a lasting state now.</summary>
    public Task ForgetAsync(string messageId) => pace.ForgetAsync(messageId);

    public ValueTask DisposeAsync() => pace.DisposeAsync();

    private async ValueTask<TimeSpan?> ShowAsync(string messageId, (MessagePart Part, RichMessage Content) state, CancellationToken cancellationToken)
    {
        var page = DiscordOutbound.Pages(state.Content, options.MaxUploadBytes)[^1] with { Files = [] };
        if ((page.Card is not null) != (state.Part.Kind == PartKind.Card)) return TimeSpan.Zero;
        var reply = await poster.EditAsync(state.Part, page, passing: true, cancellationToken);
        return reply.RetryAfter;
    }

    [LoggerMessage(3431, LogLevel.Debug, "A passing state was not shown ({Kind}).")]
    private partial void LogLost(string kind);
}
