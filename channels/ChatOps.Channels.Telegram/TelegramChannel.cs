using System.Security.Cryptography;
using System.Text;
using ChatOps.Channels.Telegram.Client;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Telegram;

/// <summary>Telegram as a channel: a bot that polls, or that Telegram calls.</summary>
internal sealed partial class TelegramChannel(
    TelegramLink link, TelegramPoller poller, TelegramWebhook webhook, TelegramSender sender, TelegramPresses presses, TelegramTyping typing, TelegramFiles files,
    IChannelState state, IChannelCommands commands, ILeadership leadership, ILogger<TelegramChannel> logger) : IChannel, IAsyncDisposable
{
    private const int MaxTextLength = 4096;
    private const int MaxConnections = 40;
    private const string WebhookKey = "webhook";

    // How often the webhook's state is looked at while nothing else is to be done.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);

    public string Name => TelegramInbound.ChannelName;

    public ChannelCapabilities Capabilities { get; } = new(Buttons: true, Edits: true, Threads: true, MaxTextLength);

    public PartHealth? Health => link.Health.Current;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        presses.Begin();
        link.Token.Reload();
        try
        {
            while (!cancellationToken.IsCancellationRequested) await RunUntilTheTokenChangesAsync(cancellationToken);
        }
        finally
        {
            webhook.Close();
            await presses.FinishAsync();
            link.Health.Trouble(PartState.Failed, "Stopped.");
        }
    }

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        typing.End(message.Conversation);
        return sender.SendAsync(message, cancellationToken);
    }

    public void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content)
    {
        typing.End(conversation);
        sender.ShowProgress(conversation, messageId, platformId, content);
    }

    public Task EndProgressAsync(string messageId) => sender.EndProgressAsync(messageId);

    public Task<FileFetch> FetchFileAsync(InboundFile file, Stream into, long maxBytes, CancellationToken cancellationToken) =>
        files.FetchAsync(file, into, maxBytes, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await sender.DisposeAsync();
        link.Client.Dispose();
    }

    // A token that is rotated in its source is taken into use at once, also while the old one still works.
    private async Task RunUntilTheTokenChangesAsync(CancellationToken cancellationToken)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var secrets = link.Options.Mode == TelegramMode.Webhook ? new[] { link.Token.Secret, webhook.Secret } : [link.Token.Secret];
        var changed = secrets.Select(s => s.ChangedAsync(s.Fingerprint(), session.Token)).ToList();
        var work = SessionAsync(session.Token);
        await Task.WhenAny([work, .. changed]);
        await session.CancelAsync();
        foreach (var watch in changed) await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogSecretChanged();
            link.Token.Reload();
            return;
        }

        // It ended by itself: Telegram no longer knows the token.
        cancellationToken.ThrowIfCancellationRequested();
        if (!link.Token.Reload()) throw link.Token.Refused();
        LogSecretChanged();
    }

    private async Task SessionAsync(CancellationToken cancellationToken)
    {
        if (await HelloAsync(cancellationToken) is not { } me) return;
        link.Health.Is(me.Username ?? TelegramInbound.Number(me.Id), link.Options.Mode);
        await RegisterCommandsAsync(me, cancellationToken);
        if (link.Options.Mode == TelegramMode.Webhook)
        {
            await ServeAsync(me, cancellationToken);
            return;
        }

        // Of the gateways of one store one polls; the others send, and wait for its end.
        await leadership.RunAsync(
            $"telegram/{TelegramInbound.Number(me.Id)}/updates",
            () => Trouble("Another gateway polls with this bot's token; this one takes over when that one ends."),
            async (lead, token) =>
            {
                if (await LeaveWebhookAsync(token)) await poller.RunAsync(me, lead, token);
            },
            cancellationToken);
    }

    private async Task<TgUser?> HelloAsync(CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            var answer = await link.Client.GetMeAsync(cancellationToken);
            if (answer.IsOk) return answer.Result;
            if (answer.IsBadToken) return null;
            await RestAsync(answer, failures, cancellationToken);
        }
    }

    // The menu matters less than the messages: when it cannot be set now it is tried at the next start.
    private async Task RegisterCommandsAsync(TgUser me, CancellationToken cancellationToken)
    {
        var key = $"commands:{TelegramInbound.Number(me.Id)}";
        var wanted = $"{TelegramMenu.Version}:{commands.Fingerprint}";
        try
        {
            if (await state.GetAsync(Name, key, cancellationToken) == wanted) return;
            var set = await link.Client.SetCommandsAsync(TelegramMenu.Of(commands.All), cancellationToken);
            if (set.IsOk) await state.SetAsync(Name, key, wanted, null, cancellationToken);
            else LogMenuNotSet(set.Reason);
        }
        catch (StoreUnavailableException error)
        {
            LogMenuNotSet(error.Message);
        }
    }

    // Polling finds nothing while a webhook is set. One that this gateway has set itself is taken down; somebody else's is theirs.
    private async Task<bool> LeaveWebhookAsync(CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            var info = await link.Client.GetWebhookInfoAsync(cancellationToken);
            if (info.IsBadToken) return false;
            if (info.Result is { } found)
            {
                if (string.IsNullOrEmpty(found.Url)) return true;
                if (await state.GetAsync(Name, WebhookKey, cancellationToken) == Fingerprint(found.Url) && (await link.Client.DeleteWebhookAsync(cancellationToken)).IsOk) return true;
                Trouble("A webhook is set for this bot, so Telegram gives no updates to polling. End the other gateway and remove its webhook (chatops doctor says how), or set Channels:Telegram:Mode to Webhook.");
                await Task.Delay(link.Options.ConflictDelay, link.Time, cancellationToken);
            }
            else
            {
                await RestAsync(info, failures, cancellationToken);
            }
        }
    }

    private async Task ServeAsync(TgUser me, CancellationToken cancellationToken)
    {
        var secret = webhook.Take();
        var url = $"{link.Options.PublicUrl!.AbsoluteUri.TrimEnd('/')}/webhooks/{webhook.Path}";
        webhook.Open(me);
        await state.SetAsync(Name, WebhookKey, Fingerprint(url), null, cancellationToken);
        var request = new TgRequest { Url = url, SecretToken = secret, MaxConnections = MaxConnections, AllowedUpdates = TelegramPoller.WantedUpdates };
        for (var failures = 1; ; failures++)
        {
            var set = await link.Client.SetWebhookAsync(request, cancellationToken);
            if (set.IsBadToken) return;
            if (set.IsOk) break;
            await RestAsync(set, failures, cancellationToken);
        }

        webhook.Settle();
        if (link.Health.Connected()) LogServing(me.Username ?? "");
        while (true)
        {
            await Task.Delay(LookInterval, link.Time, cancellationToken);
            var info = await link.Client.GetWebhookInfoAsync(cancellationToken);
            if (info.IsBadToken) return;
            if (info.Result is { } found) Judge(found, url);
        }
    }

    private void Judge(TgWebhookInfo found, string url)
    {
        if (found.Url != url) Trouble("Another webhook is set for this bot; its messages go there. Restart this gateway to take them back.");
        else if (found.LastErrorDate is { } at && link.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(at, 0, int.MaxValue)) < LookInterval)
            Trouble($"Telegram cannot deliver to Gateway:PublicUrl: {found.LastErrorMessage}. {found.PendingUpdateCount} updates wait.");
        else link.Health.Connected();
    }

    private async Task RestAsync<T>(TgAnswer<T> answer, int failures, CancellationToken cancellationToken)
    {
        Trouble($"Telegram cannot be used: {answer.Reason}");
        var delay = link.Options.FirstRetryDelay * Math.Pow(2, Math.Min(failures, 20) - 1);
        if (delay > MaxDelay) delay = MaxDelay;
        await Task.Delay(answer.RetryAfter ?? delay, link.Time, cancellationToken);
    }

    private void Trouble(string why)
    {
        if (link.Health.Trouble(PartState.Degraded, why)) LogTrouble(why);
    }

    private static string Fingerprint(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));
}
