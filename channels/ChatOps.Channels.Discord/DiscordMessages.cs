using System.Text.Json;
using ChatOps.Messages;

namespace ChatOps.Channels.Discord;

/// <summary>Takes in what people write: finds out where it was said and whether to us, hands it to the inbox, and says so when it cannot be taken.</summary>
internal sealed class DiscordMessages(IInbox inbox, KnownChannels channels, DiscordThreads threads, DiscordRest rest, DiscordMetrics metrics, DiscordTitles titles, DiscordErrands errands)
{
    /// <summary>Takes a message in.</summary>
    /// <returns>False when the store is away: it must come again.</returns>
    public async Task<bool> TakeAsync(JsonElement data, BotIdentity bot, CancellationToken cancellationToken)
    {
        if (DiscordJson.TryRead<DiscordMessage>(data) is not { } message) return Drop(DropReason.Malformed);
        if (DiscordInbound.Check(message) is var reason && reason != DropReason.None) return Drop(reason);
        var addressed = DiscordInbound.IsAddressed(message, bot.UserId);
        var place = message.GuildId is null
            ? new MessagePlace(message.ChannelId, "", null, IsOurs: true)
            : await PlaceAsync(message, addressed, bot.UserId, cancellationToken);
        var (inbound, why) = DiscordInbound.Convert(message, place, bot.UserId);
        if (inbound is null) return Drop(why);
        titles.Note(message.Id, inbound.Text);
        var receipt = await inbox.AcceptAsync(inbound, cancellationToken);
        if (receipt is { Status: InboxStatus.Refused, ComesAgain: false }) errands.Run(token => TellAsync(message, receipt.Reason ?? "It was not taken.", token));
        return !receipt.ComesAgain;
    }

    private async Task<MessagePlace> PlaceAsync(DiscordMessage message, bool addressed, string bot, CancellationToken cancellationToken)
    {
        var channel = await channels.FindAsync(message.ChannelId, cancellationToken);
        var group = DiscordInbound.Name(channel?.Name is { Length: > 0 } name ? "#" + name : "a channel");
        if (channel is { ParentId: { } parent } && ChannelType.IsThread(channel.Type))
        {
            var conversation = await threads.ConversationOfThreadAsync(channel.Id, cancellationToken);
            var ours = channel.OwnerId == bot || channel.Member is not null || await threads.OfConversationAsync(conversation, cancellationToken) is not null;
            if (ours || addressed) await threads.OpenedAsync(conversation, channel.Id, cancellationToken);
            return new MessagePlace(parent, conversation, group, ours);
        }

        // An answer to something of ours goes on with that conversation; anything else begins one.
        var answers = message.ReferencedMessage is { Author.Id: var author } answered && author == bot
            ? await threads.ConversationOfMessageAsync(answered.Id, cancellationToken)
            : null;
        return new MessagePlace(message.ChannelId, answers ?? message.Id, group, IsOurs: false);
    }

    private Task TellAsync(DiscordMessage message, string reason, CancellationToken cancellationToken) =>
        rest.SendMessageAsync(
            message.ChannelId, DiscordOutbound.Words(reason) with { MessageReference = new MessageReference(message.Id, FailIfNotExists: false) }, [], cancellationToken);

    private bool Drop(DropReason reason)
    {
        metrics.Dropped(reason);
        return true;
    }
}
