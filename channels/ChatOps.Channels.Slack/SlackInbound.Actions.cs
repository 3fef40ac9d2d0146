using System.Text;
using System.Text.Json;
using ChatOps.Channels.Slack.Client;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Channels.Slack;

internal static partial class SlackInbound
{
    /// <summary>The modal that asks for a reason.</summary>
    public const string ReasonView = "chatops_reason";

    /// <summary>The field in it.</summary>
    public const string ReasonField = "reason";

    /// <summary>Begins the action id of a button that acts at once.</summary>
    public const string PressAction = "chatops_press";

    /// <summary>Begins the action id of a button that asks for a reason first.</summary>
    public const string AskAction = "chatops_ask";

    /// <summary>Longest reason, in UTF-16 code units.</summary>
    public const int MaxReason = 2000;

    /// <summary>A press or a filled-in modal.</summary>
    public static SlackHeard Interaction(SlackPayload payload, SlackAccount me) => payload.Text("type") switch
    {
        "block_actions" => Press(payload, me),
        "view_submission" => Submission(payload, me),
        _ => SlackHeard.Drop("unknown"),
    };

    private static SlackHeard Press(SlackPayload payload, SlackAccount me)
    {
        if (Person(payload, me, out var actor) is { } reason) return SlackHeard.Drop(reason);
        var press = payload.Items("actions").FirstOrDefault();
        var (action, token) = (press.Text("action_id"), press.Text("value"));
        var asks = action.StartsWith(AskAction, StringComparison.Ordinal);
        if (!asks && !action.StartsWith(PressAction, StringComparison.Ordinal)) return SlackHeard.Drop("foreign-button");
        if (!SlackIds.IsToken(token)) return SlackHeard.Drop("foreign-button");
        var channel = First(payload.Text("container", "channel_id"), payload.Text("channel", "id"));
        var ts = First(payload.Text("container", "message_ts"), payload.Text("message", "ts"));
        var thread = First(payload.Text("container", "thread_ts"), payload.Text("message", "thread_ts"));
        if (!SlackIds.IsId(channel) || !SlackIds.IsTs(ts) || (thread.Length > 0 && !SlackIds.IsTs(thread)) || !SlackIds.IsHandle(press.Text("action_ts"))) return SlackHeard.Drop("malformed");
        // The first message of a thread names itself as the thread once somebody has answered; its conversation is still the channel.
        var origin = new SlackPressOrigin(token, channel, thread == ts ? "" : thread, Group(channel, payload.Text("channel", "name")));
        var message = Pressed($"slack:{me.Team}:press:{channel}:{ts}:{press.Text("action_ts")}:{actor.UserId}", origin, actor, token);
        return asks && SlackIds.IsHandle(payload.Text("trigger_id"))
            ? SlackHeard.Ask(new SlackQuestion(payload.Text("trigger_id"), press.Text("text", "text"), origin), message)
            : SlackHeard.Of(message);
    }

    private static SlackHeard Submission(SlackPayload payload, SlackAccount me)
    {
        if (Person(payload, me, out var actor) is { } reason) return SlackHeard.Drop(reason);
        var view = payload.At("view");
        if (view.Text("callback_id") != ReasonView || Origin(view.Text("private_metadata")) is not { } origin || !SlackIds.IsId(view.Text("id"))) return SlackHeard.Drop("foreign-view");
        if (!SlackIds.IsToken(origin.Token) || !SlackIds.IsId(origin.Channel) || (origin.Thread.Length > 0 && !SlackIds.IsTs(origin.Thread))) return SlackHeard.Drop("malformed");
        // One line: the reason stands behind the token, and audit records are read line by line.
        var typed = view.Text("state", "values", ReasonField, ReasonField, "value").ReplaceLineEndings(" ").Trim();
        if (typed.Length > MaxReason) return SlackHeard.Drop("malformed");
        return SlackHeard.Of(Pressed($"slack:{me.Team}:view:{view.Text("id")}:{actor.UserId}", origin, actor, typed.Length == 0 ? origin.Token : $"{origin.Token} {typed}"));
    }

    private static string? Person(SlackPayload payload, SlackAccount me, out Actor actor)
    {
        var (user, team) = (payload.At("user"), payload.Text("user", "team_id"));
        var shown = First(user.Text("name"), user.Text("username"));
        actor = new Actor(SlackChannel.ChannelName, me.Team, user.Text("id"), shown.Length > 0 ? shown : null);
        if (!SlackIds.IsId(actor.UserId)) return "malformed";
        if (actor.UserId == me.BotUser) return "own";
        return payload.Text("team", "id") != me.Team || (team.Length > 0 && team != me.Team) ? "external" : null;
    }

    private static InboundMessage Pressed(string key, SlackPressOrigin origin, Actor actor, string text) =>
        new(key, new ConversationKey(SlackChannel.ChannelName, origin.Channel, origin.Thread), actor, InboundKind.Action, text)
        {
            Context = new InboundContext { Group = origin.Group, Tenant = actor.Tenant },
        };

    private static string? Group(string channel, string name) =>
        channel.StartsWith('D') || name == "directmessage" ? null : name.Length is > 0 and <= InboundContext.MaxTextLength ? name : channel;

    private static SlackPressOrigin? Origin(string metadata)
    {
        try
        {
            // Read member by member: what comes back is what a client sent, and its shape is not to be trusted.
            var read = SlackPayload.Parse(Encoding.UTF8.GetBytes(metadata));
            return read.IsObject ? new SlackPressOrigin(read.Text("token"), read.Text("channel"), read.Text("thread"), read.Text("group") is { Length: > 0 } group ? group : null) : null;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>What travels through the modal.</summary>
    public static string Metadata(SlackPressOrigin origin) => JsonSerializer.Serialize(origin, Json.Options);

    private static string First(string one, string other) => one.Length > 0 ? one : other;
}
