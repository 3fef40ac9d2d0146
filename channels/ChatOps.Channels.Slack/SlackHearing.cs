using ChatOps.Channels.Slack.Client;
using ChatOps.Messages;

namespace ChatOps.Channels.Slack;

/// <summary>Makes an inbound message of what Slack tells, with what the pure conversion cannot know: whether the bot takes part in the thread, which words begin a command, and names for people.</summary>
internal sealed class SlackHearing(SlackThreads threads, SlackNames names, IChannelCommands commands)
{
    /// <summary>Hears.</summary>
    /// <exception cref="ChatOps.Storage.StoreUnavailableException">Whether the bot takes part cannot be looked up.</exception>
    public async Task<SlackHeard> HearAsync(SlackKind kind, SlackPayload payload, SlackAccount account, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case SlackKind.Command:
                return SlackInbound.Command(payload, account, word => commands.All.Any(c => c.Name == word));
            case SlackKind.Interaction:
                return SlackInbound.Interaction(payload, account);
            default:
                var takesPart = SlackInbound.ThreadOf(payload) is { } place && await threads.HasAsync(place.Channel, place.Thread, cancellationToken);
                var heard = SlackInbound.Event(payload, account, takesPart);
                return heard.Message is { } message ? SlackHeard.Of(await NamedAsync(message, cancellationToken)) : heard;
        }
    }

    // Commands and presses bring the names along; events carry ids alone.
    private async Task<InboundMessage> NamedAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        var person = names.OfUserAsync(message.Actor.UserId, cancellationToken);
        var group = message.Context.Group is { } channel ? names.OfChannelAsync(channel, cancellationToken) : Task.FromResult<string?>(null);
        return message with
        {
            Actor = message.Actor with { DisplayName = await person },
            Context = message.Context with { Group = await group is { Length: <= InboundContext.MaxTextLength } name ? name : message.Context.Group },
        };
    }
}
