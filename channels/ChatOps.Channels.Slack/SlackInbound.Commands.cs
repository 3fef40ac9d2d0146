using ChatOps.Channels.Slack.Client;
using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Channels.Slack;

internal static partial class SlackInbound
{
    /// <summary>A slash command. It carries no thread: the conversation is the channel.</summary>
    /// <param name="payload">The command.</param>
    /// <param name="me">Who the bot is.</param>
    /// <param name="isCommand">Whether a word begins a command; other text is said to the bot as it is.</param>
    public static SlackHeard Command(SlackPayload payload, SlackAccount me, Func<string, bool> isCommand)
    {
        var (channel, user, trigger) = (payload.Text("channel_id"), payload.Text("user_id"), payload.Text("trigger_id"));
        if (!SlackIds.IsId(channel) || !SlackIds.IsId(user) || !SlackIds.IsHandle(trigger)) return SlackHeard.Drop("malformed");
        if (payload.Text("team_id") != me.Team) return SlackHeard.Drop("external");
        var direct = channel.StartsWith('D');
        var name = payload.Text("channel_name");
        var actor = new Actor(SlackChannel.ChannelName, me.Team, user, payload.Text("user_name") is { Length: > 0 } shown ? shown : null);
        var line = Line(SlackText.Decode(payload.Text("text"), me.BotUser), isCommand);
        var message = new InboundMessage($"slack:{me.Team}:command:{trigger}", new ConversationKey(SlackChannel.ChannelName, channel), actor, InboundKind.Text, line)
        {
            Context = new InboundContext { Group = direct ? null : name.Length is > 0 and <= InboundContext.MaxTextLength ? name : channel, Tenant = me.Team },
        };
        return SlackHeard.Of(message) with { ResponseAddress = payload.Text("response_url") };
    }

    private static string Line(string typed, Func<string, bool> isCommand)
    {
        if (typed.Length == 0) return "/help";
        if (typed.StartsWith('/')) return typed;
        var end = typed.AsSpan().IndexOfAny(' ', '\n', '\t');
        return isCommand(end < 0 ? typed : typed[..end]) ? "/" + typed : typed;
    }
}
