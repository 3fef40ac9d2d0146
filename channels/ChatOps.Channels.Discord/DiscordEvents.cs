using System.Text.Json;
using ChatOps.Storage;

namespace ChatOps.Channels.Discord;

/// <summary>The gateway's events: messages and interactions to their places, channels and threads into memory.</summary>
internal sealed class DiscordEvents(
    DiscordMessages messages, DiscordInteractions interactions, KnownChannels channels, DiscordRest rest, DiscordErrands errands, DiscordHealth health, BotIdentity bot) : IGatewayEvents
{
    public async Task<bool> TakeAsync(string name, JsonElement data, CancellationToken cancellationToken)
    {
        health.Event();
        try
        {
            switch (name)
            {
                case "MESSAGE_CREATE":
                    return await messages.TakeAsync(data, bot, cancellationToken);
                case "INTERACTION_CREATE":
                    return await InteractionAsync(data, cancellationToken);
                case "GUILD_CREATE":
                    foreach (var channel in DiscordJson.TryRead<GuildChannels>(data)?.All ?? []) Note(channel);
                    return true;
                case "CHANNEL_CREATE" or "CHANNEL_UPDATE" or "THREAD_CREATE" or "THREAD_UPDATE":
                    Note(data);
                    return true;
                case "CHANNEL_DELETE" or "THREAD_DELETE":
                    if (DiscordJson.TryRead<DiscordChannelInfo>(data) is { } gone) channels.Forget(gone.Id);
                    return true;
                default:
                    return true;
            }
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    public void Connected(bool resumed) => health.Connected(resumed ? "Connected; the session was resumed." : "Connected.");

    public void Disconnected(string reason, TimeSpan pause) => health.Disconnected($"{reason} It connects again in {Math.Ceiling(pause.TotalSeconds):0} s.");

    private async Task<bool> InteractionAsync(JsonElement data, CancellationToken cancellationToken)
    {
        if (DiscordJson.TryRead<DiscordInteraction>(data) is not { } interaction) return true;
        if (interaction.Type is InteractionKind.Autocomplete)
        {
            // Commits nothing and may take a moment.
            errands.Run(async token => await SendAsync(interaction, await interactions.HandleAsync(interaction, token), token));
            return true;
        }

        var outcome = await interactions.HandleAsync(interaction, cancellationToken);
        if (outcome.Answer is null) return false;
        errands.Run(token => SendAsync(interaction, outcome, token));
        return true;
    }

    private async Task SendAsync(DiscordInteraction interaction, InteractionOutcome outcome, CancellationToken cancellationToken)
    {
        var arrived = false;
        try
        {
            var reply = await rest.AnswerAsync(interaction, outcome.Answer!, cancellationToken);
            // Answered before (the event came twice): what follows still can.
            arrived = reply.IsOk || reply.Code == RestCode.AlreadyAcknowledged;
        }
        finally
        {
            outcome.Handle?.Answer(arrived);
        }
    }

    private void Note(JsonElement data)
    {
        if (DiscordJson.TryRead<DiscordChannelInfo>(data) is { } channel) channels.Note(channel);
    }
}
