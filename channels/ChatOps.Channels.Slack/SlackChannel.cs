using ChatOps.Channels.Slack.Client;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Rendering;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>Slack as a channel.</summary>
internal sealed partial class SlackChannel : IChannel, IAsyncDisposable
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "slack";

    /// <summary>How many messages show progress at once.</summary>
    public const int MaxProgress = 256;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    private readonly SlackApi api;
    private readonly SlackIntake intake;
    private readonly SlackSender sender;
    private readonly SlackDownloads downloads;
    private readonly SlackShown shown;
    private readonly SocketMode sockets;
    private readonly SlackHealth health;
    private readonly SlackTokens tokens;
    private readonly SlackOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<SlackChannel> logger;
    private readonly ProgressPace<(string Channel, string Ts, RichMessage Content)> pace;

    public SlackChannel(
        SlackApi api, SlackIntake intake, SlackSender sender, SlackDownloads downloads, SlackShown shown, SocketMode sockets, SlackHealth health, SlackTokens tokens,
        SlackOptions options, TimeProvider time, ILogger<SlackChannel> logger)
    {
        (this.api, this.intake, this.sender, this.downloads, this.shown) = (api, intake, sender, downloads, shown);
        (this.sockets, this.health, this.tokens, this.options, this.time, this.logger) = (sockets, health, tokens, options, time, logger);
        pace = new(options.ProgressInterval, MaxProgress, (id, state, token) => ShowAsync(state, token), LogProgressFailed, time);
    }

    public string Name => ChannelName;

    public ChannelCapabilities Capabilities { get; } = new(Buttons: true, Edits: true, Threads: true, MaxTextLength: Rendering.SlackLimits.MessageText);

    public PartHealth? Health => health.Report();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var account = await SignInAsync(cancellationToken);
            health.SignedIn(account);
            LogSignedIn(account.TeamName, account.Team, account.BotUser);
            intake.Open(account);
            if (options.Mode == SlackMode.Http)
            {
                health.Disconnected(null);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            else
            {
                await sockets.RunAsync(cancellationToken);
            }
        }
        catch (ChannelFatalException error)
        {
            health.Disconnected(error.Message);
            throw;
        }
        finally
        {
            intake.Close();
            if (cancellationToken.IsCancellationRequested) health.Disconnected("The channel is stopped.");
        }
    }

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        // What is lasting comes after what passes: nothing of the past may be shown over it.
        await pace.ForgetAsync(message.MessageId);
        return await sender.SendAsync(message, cancellationToken);
    }

    public void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content)
    {
        var parts = SlackParts.Parse(platformId);
        if (parts.Messages.Count > 0 && !SlackPrivate.IsAside(parts.Messages[0])) pace.Show(messageId, (conversation.Chat, parts.Messages[0], content));
    }

    public Task<FileFetch> FetchFileAsync(InboundFile file, Stream into, long maxBytes, CancellationToken cancellationToken) =>
        SlackIds.IsId(file.Reference)
            ? downloads.FetchAsync(file, into, maxBytes, cancellationToken)
            : Task.FromResult(new FileFetch(FileFetchStatus.Gone, "This is not a file of Slack."));

    public ValueTask DisposeAsync() => pace.DisposeAsync();

    private async Task<SlackAccount> SignInAsync(CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            var reply = await api.AuthTestAsync(cancellationToken);
            if (reply.Ok) return new SlackAccount(reply.Text("team_id"), reply.Text("team"), reply.Text("user_id"), reply.Text("bot_id"));
            if (reply.Status == SlackReplyStatus.Refused)
                throw new ChannelFatalException($"Slack does not take BotToken: {SlackErrors.Describe(reply.Error)}", SlackErrors.Remedy(reply.Error)) { Secrets = [tokens.Bot] };
            health.Disconnected($"Slack cannot be asked who the bot is: {SlackErrors.Describe(reply.Error)} It is tried again.");
            LogNoSignIn(reply.Error ?? "");
            var pause = Math.Min(MaxPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 16)));
            await Task.Delay(reply.RetryAfter ?? TimeSpan.FromSeconds(pause * (0.5 + (Random.Shared.NextDouble() / 2))), time, cancellationToken);
        }
    }

    private async ValueTask<TimeSpan> ShowAsync((string Channel, string Ts, RichMessage Content) state, CancellationToken cancellationToken)
    {
        var page = SlackOutbound.Render(state.Content, SlackSender.Revision(state.Ts + time.GetTimestamp())).Pages[0];
        shown.Forget(state.Channel, state.Ts);
        var reply = await api.UpdateAsync(state.Channel, state.Ts, page, cancellationToken);
        return reply.RetryAfter ?? TimeSpan.Zero;
    }
}
