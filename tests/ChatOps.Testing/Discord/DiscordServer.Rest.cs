using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Testing.Discord;

public sealed partial class DiscordServer
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan NonceMemory = TimeSpan.FromMinutes(5);

    /// <summary>How long the first answer to an interaction may take.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>All interactions that people made.</summary>
    public IReadOnlyList<DiscordMade> Interactions
    {
        get { lock (gate) return [.. interactions.Values]; }
    }

    private JsonNode? Handle(string method, string[] path, JsonNode? body, List<(string Name, byte[] Content)> files, HttpContext context)
    {
        lock (gate)
        {
            return (method, path) switch
            {
                ("GET", ["users", "@me"]) => User(BotUser, "chatops", bot: true),
                ("GET", ["applications", "@me"]) => new JsonObject { ["id"] = Application, ["name"] = "chatops", ["flags"] = ApplicationFlags },
                ("GET", ["gateway", "bot"]) => new JsonObject { ["url"] = GatewayAddress, ["shards"] = 1, ["session_start_limit"] = StartLimit() },
                ("GET", ["guilds", var guild]) => guild == Guild && InGuild ? new JsonObject { ["id"] = Guild, ["name"] = "The server" } : throw new DiscordRefusalException(404, 10004, "Unknown Guild"),
                ("POST", ["users", "@me", "channels"]) => OpenDirect(Object(body)),
                ("PUT", ["applications", Application, "commands"]) => SetCommands("global", body),
                ("PUT", ["applications", Application, "guilds", var guild, "commands"]) =>
                    guild == Guild && InGuild ? SetCommands(guild, body) : throw new DiscordRefusalException(403, 50001, "Missing Access"),
                ("GET", ["channels", var channel]) => Json(Room(channel)),
                ("PATCH", ["channels", var channel]) => PatchRoom(Room(channel), Object(body)),
                ("POST", ["channels", var channel, "messages"]) => Create(Room(channel), Object(body), files),
                ("GET", ["channels", var channel, "messages", var message]) => Json(Post(channel, message)),
                ("PATCH", ["channels", var channel, "messages", var message]) => Edit(Post(channel, message), Object(body), files, "PATCH"),
                ("DELETE", ["channels", var channel, "messages", var message]) => Delete(Post(channel, message)),
                ("POST", ["channels", var channel, "messages", var message, "threads"]) => StartThread(Room(channel), message, Object(body)),
                ("POST", ["interactions", var id, var token, "callback"]) => Answer(id, token, Object(body)),
                ("PATCH", ["webhooks", Application, var token, "messages", "@original"]) => EditOriginal(Made(token), Object(body), files),
                ("POST", ["webhooks", Application, var token]) => FollowUp(Made(token), Object(body), files),
                _ => throw new DiscordRefusalException(404, 0, $"404: Not Found {method} {context.Request.Path}"),
            };
        }
    }

    private JsonObject Create(DiscordRoom room, JsonObject body, List<(string Name, byte[] Content)> files)
    {
        Mentions(body, $"message in {room.Id}");
        DiscordForm.Message(body, edit: false, interaction: false, files.Count);
        Writable(room);
        if ((bool?)body["enforce_nonce"] == true && (string?)body["nonce"] is { } nonce
            && posts.LastOrDefault(p => p.Nonce == nonce && p.Author == BotUser && time.GetUtcNow() - TimeOf(p.Id) < NonceMemory) is { } same) return Json(same);
        var answers = (string?)body["message_reference"]?["message_id"];
        if (answers is not null && (bool?)body["message_reference"]!["fail_if_not_exists"] != false && !posts.Any(p => p.Id == answers && !p.Deleted)) throw DiscordRefusalException.Form("message_reference: Unknown message");
        return Json(Store(room.Id, body, files, answers, onlyFor: null));
    }

    private DiscordPost Store(string channel, JsonObject body, List<(string Name, byte[] Content)> files, string? answers, string? onlyFor)
    {
        var post = new DiscordPost
        {
            Id = NewId(), Channel = channel, Author = BotUser, Content = (string?)body["content"] ?? "", Components = (JsonArray?)body["components"]?.DeepClone() ?? [],
            Flags = (int?)body["flags"] ?? 0, Nonce = (string?)body["nonce"], Answers = answers, OnlyFor = onlyFor, Files = Stored(files),
        };
        posts.Add(post);
        if (onlyFor is null) Dispatch("MESSAGE_CREATE", Json(post));
        return post;
    }

    private JsonObject Edit(DiscordPost post, JsonObject body, List<(string Name, byte[] Content)> files, string how)
    {
        Mentions(body, $"{how} of {post.Id}");
        DiscordForm.Message(body, edit: true, interaction: false, files.Count);
        if (post.Author != BotUser) throw new DiscordRefusalException(403, 50005, "Cannot edit a message authored by another user");
        if (post.OnlyFor is not null && how == "PATCH") throw new DiscordRefusalException(404, 10008, "Unknown Message");
        if (rooms[post.Channel] is { Archived: true }) throw new DiscordRefusalException(400, 50083, "Thread is archived");
        var wasCard = (post.Flags & DiscordForm.IsComponentsV2) != 0;
        var isCard = (((int?)body["flags"] ?? post.Flags) & DiscordForm.IsComponentsV2) != 0;
        if (wasCard && !isCard) throw DiscordRefusalException.Form("flags: IS_COMPONENTS_V2 cannot be taken away");
        if (!wasCard && isCard && post.Content.Length > 0 && !body.ContainsKey("content")) throw DiscordRefusalException.Form("content must be null with IS_COMPONENTS_V2");
        if (body.ContainsKey("content")) post.Content = (string?)body["content"] ?? "";
        if (body["components"] is JsonArray components) post.Components = (JsonArray)components.DeepClone();
        if (body["flags"] is { } flags) post.Flags = (int)flags! | (post.Flags & ~4);
        if (body.ContainsKey("attachments")) post.Files = Stored(files);
        post.Edits++;
        Dispatch("MESSAGE_UPDATE", Json(post));
        return Json(post);
    }

    private JsonNode? Delete(DiscordPost post)
    {
        post.Deleted = true;
        Dispatch("MESSAGE_DELETE", new JsonObject { ["id"] = post.Id, ["channel_id"] = post.Channel });
        return null;
    }

    private JsonObject StartThread(DiscordRoom room, string message, JsonObject body)
    {
        DiscordForm.Fields(body, "thread", ["name", "auto_archive_duration", "rate_limit_per_user"]);
        if ((string?)body["name"] is not { Length: > 0 and <= 100 } name || string.IsNullOrWhiteSpace(name)) throw DiscordRefusalException.Form("name: Must be between 1 and 100 in length.");
        if ((int?)body["auto_archive_duration"] is not (null or 60 or 1440 or 4320 or 10080)) throw DiscordRefusalException.Form("auto_archive_duration");
        if (room.Type != 0) throw new DiscordRefusalException(400, 50024, "Cannot execute action on this channel type");
        Post(room.Id, message);
        if (rooms.ContainsKey(message)) throw new DiscordRefusalException(400, 160004, "A thread has already been created for this message");
        var thread = new DiscordRoom { Id = message, Type = 11, Name = name, Guild = Guild, Parent = room.Id, Owner = BotUser };
        rooms[message] = thread;
        Dispatch("THREAD_CREATE", Json(thread));
        return Json(thread);
    }

    private JsonObject PatchRoom(DiscordRoom room, JsonObject body)
    {
        DiscordForm.Fields(body, "channel", ["name", "archived", "locked", "auto_archive_duration"]);
        if (room.Locked || room.Closed) throw new DiscordRefusalException(403, 50013, "Missing Permissions");
        if (body["archived"] is { } archived) room.Archived = (bool)archived!;
        return Json(room);
    }

    private JsonObject OpenDirect(JsonObject body)
    {
        DiscordForm.Fields(body, "direct message", ["recipient_id"]);
        return Json(Direct((string?)body["recipient_id"] ?? throw DiscordRefusalException.Form("recipient_id")));
    }

    private JsonArray SetCommands(string scope, JsonNode? body)
    {
        var commands = body as JsonArray ?? throw DiscordRefusalException.Form("commands");
        DiscordForm.Commands(commands);
        Commands[scope] = (JsonArray)commands.DeepClone();
        return (JsonArray)commands.DeepClone();
    }

    private JsonNode? Answer(string id, string token, JsonObject body)
    {
        if (!interactions.TryGetValue(token, out var made) || made.Id != id) throw new DiscordRefusalException(404, 10062, "Unknown interaction");
        if (made.Answer is not null) throw new DiscordRefusalException(400, 40060, "Interaction has already been acknowledged.");
        if (time.GetUtcNow() - made.At > AnswerWithin) throw new DiscordRefusalException(404, 10062, "Unknown interaction");
        Take(made, body);
        return null;
    }

    /// <summary>Takes the first answer in, by callback or as the body of an HTTP call.</summary>
    private void Take(DiscordMade made, JsonObject body)
    {
        DiscordForm.Answer(body, made);
        var data = body["data"] as JsonObject;
        var type = (int)body["type"]!;
        if (type is 4 or 7) Mentions(data!, $"answer to {made.Id}");
        var onlyFor = (((int?)data?["flags"] ?? 0) & 64) != 0 ? made.User : null;
        if (type == 4) made.Original = Store(made.Channel, data!, [], null, onlyFor).Id;
        if (type == 5) made.Original = Store(made.Channel, new JsonObject { ["content"] = "" }, [], null, onlyFor).Id;
        if (type == 7 && made.Message is { } pressed) Edit(posts.Single(p => p.Id == pressed), data!, [], "update");

        // Last: whoever waits for the answer looks at once at what it did.
        made.Took = time.GetUtcNow() - made.At;
        made.Answer = body;
    }

    private JsonObject EditOriginal(DiscordMade made, JsonObject body, List<(string Name, byte[] Content)> files)
    {
        if (made.Original is null) throw new DiscordRefusalException(404, 10015, "Unknown Webhook");
        return Edit(posts.Single(p => p.Id == made.Original), body, files, "original");
    }

    private JsonObject FollowUp(DiscordMade made, JsonObject body, List<(string Name, byte[] Content)> files)
    {
        if (made.Answer is null) throw new DiscordRefusalException(404, 10015, "Unknown Webhook");
        Mentions(body, $"follow-up to {made.Id}");
        DiscordForm.Message(body, edit: false, interaction: true, files.Count);
        return Json(Store(made.Channel, body, files, null, ((int?)body["flags"] & 64) != 0 ? made.User : null));
    }

    private DiscordMade Made(string token)
    {
        if (!interactions.TryGetValue(token, out var made)) throw new DiscordRefusalException(401, 50027, "Invalid Webhook Token");
        return time.GetUtcNow() - made.At > TokenLife ? throw new DiscordRefusalException(401, 50027, "Invalid Webhook Token") : made;
    }

    private DiscordRoom Room(string id)
    {
        if (!rooms.TryGetValue(id, out var room) || room.Gone) throw new DiscordRefusalException(404, 10003, "Unknown Channel");
        return room;
    }

    private DiscordPost Post(string channel, string message)
    {
        Room(channel);
        return posts.FirstOrDefault(p => p.Channel == channel && p.Id == message && !p.Deleted && p.OnlyFor is null) ?? throw new DiscordRefusalException(404, 10008, "Unknown Message");
    }

    private static void Writable(DiscordRoom room)
    {
        if (room.Closed) throw new DiscordRefusalException(403, 50013, "Missing Permissions");
        if (room.Locked) throw new DiscordRefusalException(403, 160005, "Thread is locked");
        if (room.Archived) throw new DiscordRefusalException(400, 50083, "Thread is archived");
    }

    private void Mentions(JsonObject body, string what)
    {
        if (body["allowed_mentions"]?["parse"] is not JsonArray { Count: 0 }) WithoutAllowedMentions.Enqueue(what);
    }

    private List<DiscordStoredFile> Stored(List<(string Name, byte[] Content)> files) => files.Select(f => new DiscordStoredFile(NewId(), f.Name, f.Content, "application/octet-stream")).ToList();

    private static JsonObject Object(JsonNode? body) => body as JsonObject ?? throw DiscordRefusalException.Form("an object is expected");

    private static DateTimeOffset TimeOf(string id) => DateTimeOffset.FromUnixTimeMilliseconds((long.Parse(id, System.Globalization.CultureInfo.InvariantCulture) >> 22) + 1_420_070_400_000);
}
