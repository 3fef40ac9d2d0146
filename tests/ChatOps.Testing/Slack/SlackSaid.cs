using System.Text.Json.Nodes;

namespace ChatOps.Testing.Slack;

/// <summary>What Slack tells apps, in its own form: the payloads of Socket Mode; HTTP mode has the same in forms.</summary>
public static class SlackSaid
{
    private const string Team = "T0TEAM";

    /// <summary>A workspace with two people and some channels.</summary>
    public static SlackWorkspace Workspace()
    {
        var space = new SlackWorkspace { Team = Team }.WithPerson("U1", "ada").WithPerson("U2", "grace").WithRoom("C1", "ops", "U1", "U2").WithRoom("C2", "random", "U1");
        space.Rooms["C9"] = new SlackRoom("C9", "elsewhere", IsDirect: false, ["U1"]);
        space.Direct("U1", "D1");
        return space;
    }

    /// <summary>An event callback.</summary>
    public static JsonObject Event(JsonObject happened, string? id = null, string team = Team) => new()
    {
        ["token"] = "deprecated", ["team_id"] = team, ["api_app_id"] = "A0APP", ["type"] = "event_callback", ["event_id"] = id ?? Some.Unique("Ev"), ["event_time"] = 1_700_000_000,
        ["event"] = happened, ["is_ext_shared_channel"] = false, ["authorizations"] = new JsonArray(new JsonObject { ["team_id"] = team, ["user_id"] = "U0BOT", ["is_bot"] = true }),
    };

    /// <summary>A message in a direct conversation.</summary>
    public static JsonObject Direct(string text, string ts, string channel = "D1", string user = "U1", string? thread = null) => Event(Message(text, ts, channel, user, "im", thread));

    /// <summary>A message in a channel.</summary>
    public static JsonObject InChannel(string text, string ts, string channel = "C1", string user = "U1", string? thread = null) => Event(Message(text, ts, channel, user, "channel", thread));

    /// <summary>A mention.</summary>
    public static JsonObject Mention(string text, string ts, string channel = "C1", string user = "U1", string? thread = null)
    {
        var mention = Message(text, ts, channel, user, "channel", thread);
        mention["type"] = "app_mention";
        mention.Remove("channel_type");
        return Event(mention);
    }

    /// <summary>The message itself.</summary>
    public static JsonObject Message(string text, string ts, string channel, string user, string channelType, string? thread = null)
    {
        var message = new JsonObject
        {
            ["type"] = "message", ["user"] = user, ["text"] = text, ["ts"] = ts, ["channel"] = channel, ["channel_type"] = channelType, ["event_ts"] = ts, ["team"] = Team, ["client_msg_id"] = "c-" + ts,
        };
        if (thread is not null) message["thread_ts"] = thread;
        return message;
    }

    /// <summary>A slash command.</summary>
    public static JsonObject Command(string text, string trigger, string channel = "C1", string user = "U1", string? response = null) => new()
    {
        ["token"] = "deprecated", ["team_id"] = Team, ["team_domain"] = "loopback", ["channel_id"] = channel, ["channel_name"] = channel.StartsWith('D') ? "directmessage" : "ops", ["user_id"] = user,
        ["user_name"] = "ada", ["command"] = "/chatops", ["text"] = text, ["api_app_id"] = "A0APP", ["is_enterprise_install"] = "false", ["response_url"] = response ?? "", ["trigger_id"] = trigger,
    };

    /// <summary>A press of a button.</summary>
    public static JsonObject Press(JsonObject button, SlackPost post, string user, string trigger, string? actionTs = null)
    {
        var container = new JsonObject { ["type"] = "message", ["message_ts"] = post.Ts, ["channel_id"] = post.Channel, ["is_ephemeral"] = false };
        if (post.Thread is not null) container["thread_ts"] = post.Thread;
        return new JsonObject
        {
            ["type"] = "block_actions", ["user"] = new JsonObject { ["id"] = user, ["username"] = "ada", ["name"] = "ada", ["team_id"] = Team }, ["api_app_id"] = "A0APP", ["token"] = "deprecated",
            ["container"] = container, ["trigger_id"] = trigger, ["team"] = new JsonObject { ["id"] = Team, ["domain"] = "loopback" }, ["channel"] = new JsonObject { ["id"] = post.Channel, ["name"] = "ops" },
            ["message"] = new JsonObject { ["ts"] = post.Ts, ["text"] = post.Text, ["bot_id"] = "B0BOT" }, ["response_url"] = "",
            ["actions"] = new JsonArray(new JsonObject
            {
                ["action_id"] = button["action_id"]!.DeepClone(), ["block_id"] = "b", ["type"] = "button", ["value"] = button["value"]!.DeepClone(), ["text"] = button["text"]!.DeepClone(),
                ["action_ts"] = actionTs ?? "1700000100.000001",
            }),
        };
    }

    /// <summary>A filled-in modal.</summary>
    public static JsonObject Submission(JsonObject view, string user, string typed)
    {
        var sent = (JsonObject)view.DeepClone();
        var input = view["blocks"]![0]!;
        sent["state"] = new JsonObject
        {
            ["values"] = new JsonObject
            {
                [input["block_id"]!.GetValue<string>()] = new JsonObject { [input["element"]!["action_id"]!.GetValue<string>()] = new JsonObject { ["type"] = "plain_text_input", ["value"] = typed.Length == 0 ? null : typed } },
            },
        };
        return new JsonObject
        {
            ["type"] = "view_submission", ["team"] = new JsonObject { ["id"] = Team }, ["user"] = new JsonObject { ["id"] = user, ["name"] = "ada", ["team_id"] = Team }, ["api_app_id"] = "A0APP", ["view"] = sent,
        };
    }
}
