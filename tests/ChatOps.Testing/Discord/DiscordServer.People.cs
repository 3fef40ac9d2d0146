using System.Text.Json.Nodes;

namespace ChatOps.Testing.Discord;

public sealed partial class DiscordServer
{
    /// <summary>A person.</summary>
    public const string Ada = "500000000000000001";

    /// <summary>Another one.</summary>
    public const string Eve = "500000000000000002";

    /// <summary>A person writes; returns the message's id.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="user">Who.</param>
    /// <param name="text">What.</param>
    /// <param name="answers">The message that it answers.</param>
    /// <param name="id">The message's id; a new one when null. The same again is the same event again.</param>
    /// <param name="files">Files.</param>
    /// <param name="change">Changes the event before it is dispatched.</param>
    /// <param name="flags">The message's flags.</param>
    public string Say(
        string channel, string user, string text, string? answers = null, string? id = null, IReadOnlyList<DiscordStoredFile>? files = null, Action<JsonObject>? change = null, int flags = 0)
    {
        lock (gate)
        {
            var post = new DiscordPost { Id = id ?? NewId(), Channel = channel, Author = user, Content = text, Answers = answers, Flags = flags };
            post.Files = [.. (files ?? []).Select(f => f with { Id = f.Id.Length > 0 ? f.Id : NewId() })];
            if (!rooms.ContainsKey(channel)) rooms[channel] = new DiscordRoom { Id = channel, Type = 1 };
            if (!posts.Any(p => p.Id == post.Id)) posts.Add(post);
            var json = Json(post);
            if (text.Contains($"<@{BotUser}>", StringComparison.Ordinal)) json["mentions"] = new JsonArray(User(BotUser, "chatops", bot: true));
            if (answers is not null)
            {
                json["message_reference"] = new JsonObject { ["message_id"] = answers, ["channel_id"] = channel, ["type"] = 0 };
                json["referenced_message"] = posts.FirstOrDefault(p => p.Id == answers) is { } answered ? Json(answered) : null;
            }

            if (rooms[channel].Guild is not null) json["member"] = new JsonObject { ["nick"] = null, ["roles"] = new JsonArray(), ["permissions"] = "0" };
            change?.Invoke(json);
            Dispatch("MESSAGE_CREATE", json);
            return post.Id;
        }
    }

    /// <summary>A person uses a slash command.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="user">Who.</param>
    /// <param name="path">The subcommand's path.</param>
    /// <param name="options">Options by name.</param>
    /// <param name="dispatch">Whether the gateway tells it; else the caller posts <see cref="Payload"/> to the webhook.</param>
    public DiscordMade Use(string channel, string user, IReadOnlyList<string> path, IReadOnlyDictionary<string, JsonNode?>? options = null, bool dispatch = true)
    {
        JsonArray inner = [.. (options ?? new Dictionary<string, JsonNode?>()).Select(o => (JsonNode)new JsonObject { ["name"] = o.Key, ["type"] = 3, ["value"] = o.Value?.DeepClone() })];
        return Make(2, channel, user, null, Command(path, inner), dispatch);
    }

    /// <summary>A person types an option.</summary>
    public DiscordMade Type(string channel, string user, IReadOnlyList<string> path, string option, string typed) =>
        Make(4, channel, user, null, Command(path, [new JsonObject { ["name"] = option, ["type"] = 3, ["value"] = typed, ["focused"] = true }]), dispatch: true);

    /// <summary>A person presses a button of a message.</summary>
    public DiscordMade Press(DiscordPost post, string user, string customId, bool dispatch = true)
    {
        if (!post.Buttons.Contains(customId)) throw new InvalidOperationException("There is no such button.");
        return Make(3, post.Channel, user, post, new JsonObject { ["custom_id"] = customId, ["component_type"] = 2 }, dispatch);
    }

    /// <summary>A person sends the form that an interaction opened.</summary>
    public DiscordMade Fill(DiscordMade opened, string text)
    {
        var form = opened.Answer!["data"]!;
        var data = new JsonObject
        {
            ["custom_id"] = form["custom_id"]!.DeepClone(),
            ["components"] = new JsonArray(new JsonObject
            {
                ["type"] = 18, ["id"] = 1,
                ["component"] = new JsonObject { ["type"] = 4, ["id"] = 2, ["custom_id"] = form["components"]![0]!["component"]!["custom_id"]!.DeepClone(), ["value"] = text },
            }),
        };
        DiscordPost? post;
        lock (gate) post = opened.Message is { } message ? posts.Single(p => p.Id == message) : null;
        return Make(5, opened.Channel, opened.User, post, data, dispatch: true);
    }

    /// <summary>The same interaction is delivered again.</summary>
    public void Again(DiscordMade made) => Dispatch("INTERACTION_CREATE", Payload(made));

    /// <summary>An interaction as Discord delivers it.</summary>
    public JsonObject Payload(DiscordMade made)
    {
        lock (gate) return payloads[made.Id].DeepClone().AsObject();
    }

    /// <summary>Takes in the answer that a webhook gave.</summary>
    public void Answered(DiscordMade made, JsonObject answer)
    {
        lock (gate) Take(made, answer);
    }

    private readonly Dictionary<string, JsonObject> payloads = [];

    private static JsonObject Command(IReadOnlyList<string> path, JsonArray options)
    {
        var inner = new JsonObject { ["name"] = path[^1], ["type"] = 1, ["options"] = options };
        if (path.Count > 1) inner = new JsonObject { ["name"] = path[0], ["type"] = 2, ["options"] = new JsonArray(inner) };
        return new JsonObject { ["id"] = "1", ["name"] = "chatops", ["type"] = 1, ["options"] = new JsonArray(inner) };
    }

    private DiscordMade Make(int type, string channel, string user, DiscordPost? post, JsonObject data, bool dispatch)
    {
        lock (gate)
        {
            var made = new DiscordMade { Id = NewId(), Token = "interaction-token-" + Guid.NewGuid().ToString("N"), Type = type, Channel = channel, User = user, Message = post?.Id, At = time.GetUtcNow() };
            interactions[made.Token] = made;
            var room = rooms[channel];
            var json = new JsonObject
            {
                ["id"] = made.Id, ["application_id"] = Application, ["type"] = type, ["token"] = made.Token, ["version"] = 1, ["data"] = data, ["channel_id"] = channel, ["channel"] = Json(room),
                ["locale"] = "en-GB", ["entitlements"] = new JsonArray(), ["authorizing_integration_owners"] = new JsonObject(), ["app_permissions"] = "0",
            };
            if (room.Guild is { } guild)
            {
                json["guild_id"] = guild;
                json["member"] = new JsonObject { ["user"] = User(user, "user" + user[^3..]), ["nick"] = null, ["roles"] = new JsonArray(), ["permissions"] = "0" };
            }
            else
            {
                json["user"] = User(user, "user" + user[^3..]);
            }

            if (post is not null) json["message"] = Json(post);
            payloads[made.Id] = json;
            if (dispatch) Dispatch("INTERACTION_CREATE", json.DeepClone().AsObject());
            return made;
        }
    }
}
