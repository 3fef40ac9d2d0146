using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Discord;

/// <summary>Discord as a channel: listens by gateway or waits for signed calls, and sends by REST.</summary>
internal sealed partial class DiscordChannel(DiscordParts parts, DiscordOptions options, ChannelSecret token, ILeadership leadership, TimeProvider time, ILogger<DiscordChannel> logger) : IChannel
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "discord";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CommandsInterval = TimeSpan.FromMinutes(1);

    public string Name => ChannelName;

    // Discord remembers a nonce for a few minutes, not for however long: a send whose end is unknown is settled within one call (DiscordPoster) and never repeated later.
    public ChannelCapabilities Capabilities { get; } = new(Buttons: true, Edits: true, Threads: true, DiscordLimits.Content, IdempotentSends: false);

    public PartHealth? Health => parts.Health.Now;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var failures = 0; ; failures++)
            {
                if (await parts.Start.IdentifyAsync(cancellationToken) is { } bot)
                {
                    failures = 0;
                    await ListenAsync(bot, cancellationToken);
                    continue;
                }

                var pause = FirstPause * Math.Pow(2, Math.Min(failures, 6));
                LogNoAnswer(pause);
                await Task.Delay(pause < MaxPause ? pause : MaxPause, time, cancellationToken);
            }
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested) parts.Health.Disconnected("The channel stops.");
            await parts.Errands.EndAsync();
        }
    }

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        await parts.Progress.ForgetAsync(message.MessageId);
        var result = await parts.Sender.SendAsync(message, cancellationToken);
        parts.Health.Sent(result.Status is SendStatus.Sent or SendStatus.Rejected || result.RetryAfter is not null ? null : result.Reason);
        return result;
    }

    public void ShowProgress(ConversationKey conversation, string messageId, string? platformId, RichMessage content) => parts.Progress.Show(messageId, platformId, content);

    public Task EndProgressAsync(string messageId) => parts.Progress.ForgetAsync(messageId);

    public Task<FileFetch> FetchFileAsync(InboundFile file, Stream into, long maxBytes, CancellationToken cancellationToken) =>
        parts.Files.FetchAsync(file, into, maxBytes, cancellationToken);

    /// <summary>Listens until cancelled, or until the token has changed and we may be somebody else.</summary>
    private async Task ListenAsync(BotIdentity bot, CancellationToken cancellationToken)
    {
        LogStarts(bot.Name, options.Mode);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var registering = KeepRegisteredAsync(bot, over.Token);
        try
        {
            if (options.Mode == DiscordMode.Gateway)
            {
                var intents = GatewayIntents.Guilds | GatewayIntents.GuildMessages | GatewayIntents.DirectMessages | (bot.ReadsContent ? GatewayIntents.MessageContent : GatewayIntents.None);
                // Of the gateways of one store one holds the connection (its one shard); the others send, and wait for its end.
                await leadership.RunAsync(
                    $"discord/{bot.UserId}/shard/0",
                    () => parts.Health.Disconnected("Another gateway holds this bot's connection; this one takes over when that one ends."),
                    (lead, held) => parts.Gateway.RunAsync(intents, parts.EventsFor(bot), lead, held),
                    cancellationToken);
                return;
            }

            if (!Ed25519.IsAvailable) throw new ChannelFatalException("Mode Http needs OpenSSL 3 (libcrypto.so.3) to check Discord's signatures", "Install it, or set Channels:Discord:Mode to Gateway.");
            parts.Health.Connected("Waits for Discord's calls.");
            await token.ChangedAsync(token.Fingerprint(), cancellationToken);
        }
        finally
        {
            await over.CancelAsync();
            await registering;
        }
    }

    // Tools and their choices may change while the gateway runs.
    private async Task KeepRegisteredAsync(BotIdentity bot, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var pause = CommandsInterval;
                try
                {
                    pause = await parts.Start.RegisterAsync(bot, cancellationToken) ?? CommandsInterval;
                }
                catch (StoreUnavailableException)
                {
                    LogNotRegistered();
                }

                await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The channel stops.
        }
    }
}
