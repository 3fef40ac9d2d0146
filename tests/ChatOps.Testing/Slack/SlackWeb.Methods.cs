using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Testing.Slack;

internal sealed partial class SlackWeb
{
    private (string? Error, JsonObject? Answer) Do(string method, JsonObject arguments) => method switch
    {
        "auth.test" => (null, new JsonObject
        {
            ["url"] = "https://loopback.slack.com/", ["team"] = "Loopback", ["user"] = "chatops", ["team_id"] = Space.Team, ["user_id"] = Space.BotUser, ["bot_id"] = Space.Bot,
        }),
        "apps.connections.open" => server.Sockets.NewTicket() is { } url ? (null, new JsonObject { ["url"] = url }) : ("too_many_websockets", null),
        "chat.postMessage" => Post(arguments, null),
        "chat.postEphemeral" => Post(arguments, Text(arguments, "user")),
        "chat.update" => Update(arguments),
        "chat.delete" => Delete(arguments),
        "views.open" => Open(arguments),
        "conversations.open" => Space.People.ContainsKey(Text(arguments, "users")) ? (null, new JsonObject { ["channel"] = new JsonObject { ["id"] = Space.Direct(Text(arguments, "users")).Id } }) : ("user_not_found", null),
        "conversations.info" => Space.Rooms.TryGetValue(Text(arguments, "channel"), out var room) ? (null, new JsonObject { ["channel"] = new JsonObject { ["id"] = room.Id, ["name"] = room.Name, ["is_im"] = room.IsDirect } }) : ("channel_not_found", null),
        "users.info" => Space.People.TryGetValue(Text(arguments, "user"), out var name) ? (null, new JsonObject { ["user"] = new JsonObject { ["id"] = Text(arguments, "user"), ["team_id"] = Space.Team, ["name"] = name, ["profile"] = new JsonObject { ["display_name"] = name } } }) : ("user_not_found", null),
        "files.info" => FileInfo(Text(arguments, "file")),
        "files.delete" => FileDelete(Text(arguments, "file")),
        "files.getUploadURLExternal" => UploadUrl(arguments),
        "files.completeUploadExternal" => Complete(arguments),
        _ => ("unknown_method", null),
    };

    private (string?, JsonObject?) Post(JsonObject arguments, string? onlyFor)
    {
        var channel = Text(arguments, "channel");
        if (Place(channel, arguments["thread_ts"]) is { } no) return (no, null);
        if (onlyFor is not null && !Space.Rooms[channel].Members.Contains(onlyFor)) return ("user_not_in_channel", null);
        if (Content(arguments) is { } wrong) return (wrong, null);
        var post = new SlackPost
        {
            Ts = Space.NewTs(), Channel = channel, Thread = arguments["thread_ts"]?.GetValue<string>(), OnlyFor = onlyFor,
            Text = Text(arguments, "text"), Blocks = arguments["blocks"]?.DeepClone() as JsonArray ?? [],
        };
        Space.Add(post);
        return (null, new JsonObject { ["channel"] = channel, [onlyFor is null ? "ts" : "message_ts"] = post.Ts });
    }

    private (string?, JsonObject?) Update(JsonObject arguments)
    {
        var (channel, ts) = (Text(arguments, "channel"), Text(arguments, "ts"));
        if (!Space.Rooms.ContainsKey(channel)) return ("channel_not_found", null);
        if (Space.Find(channel, ts) is not { File: null } post) return ("message_not_found", null);
        if (Content(arguments) is { } wrong) return (wrong, null);
        var blocks = arguments["blocks"]?.DeepClone() as JsonArray ?? [];
        var before = post.Blocks.Select(b => Text(b!.AsObject(), "block_id")).Where(id => id.Length > 0).ToHashSet();
        if (blocks.Any(b => before.Contains(Text(b!.AsObject(), "block_id")))) server.Violate($"An edit of {ts} kept a block_id");
        (post.Text, post.Blocks, post.Edits) = (Text(arguments, "text"), blocks, post.Edits + 1);
        return (null, new JsonObject { ["channel"] = channel, ["ts"] = ts, ["text"] = post.Text });
    }

    private (string?, JsonObject?) Delete(JsonObject arguments)
    {
        var (channel, ts) = (Text(arguments, "channel"), Text(arguments, "ts"));
        if (!Space.Rooms.ContainsKey(channel)) return ("channel_not_found", null);
        if (Space.Find(channel, ts) is null) return ("message_not_found", null);
        Space.Remove(channel, ts);
        return (null, new JsonObject { ["channel"] = channel, ["ts"] = ts });
    }

    private (string?, JsonObject?) Open(JsonObject arguments)
    {
        var trigger = Text(arguments, "trigger_id");
        if (!triggers.TryGetValue(trigger, out var known)) return ("invalid_trigger_id", null);
        if (known.Used > 0) return ("exchanged_trigger_id", null);
        triggers[trigger] = known with { Used = 1 };
        if (server.Now > known.Until) return ("expired_trigger_id", null);
        if (arguments["view"] is not JsonObject view || Text(view, "type") != "modal") return ("invalid_arguments: view", null);
        if (view.Select(p => p.Key).FirstOrDefault(k => k is not ("type" or "title" or "blocks" or "close" or "submit" or "private_metadata" or "callback_id" or "clear_on_close" or "notify_on_close" or "external_id")) is { } unknown) return ($"invalid_arguments: view.{unknown}", null);
        if (Title(view["title"]) || (view["submit"] is { } submit && Title(submit)) || (view["close"] is { } close && Title(close))) return ("invalid_arguments: view titles", null);
        if (Text(view, "private_metadata").Length > 3000 || Text(view, "callback_id").Length > 255) return ("invalid_arguments: view metadata", null);
        if (SlackBlockRules.Check(view["blocks"], modal: true) is { } wrong) return (wrong, null);
        var opened = (JsonObject)view.DeepClone();
        opened["id"] = $"V{Next()}";
        views.Enqueue(opened);
        return (null, new JsonObject { ["view"] = opened.DeepClone() });
    }

    private (string?, JsonObject?) FileInfo(string file)
    {
        if (!Space.Files.TryGetValue(file, out var stored)) return ("file_not_found", null);
        var address = stored.Address ?? new Uri(server.Root, $"files/{file}").AbsoluteUri;
        return (null, new JsonObject { ["file"] = new JsonObject { ["id"] = file, ["name"] = stored.Name, ["size"] = stored.Length, ["mimetype"] = stored.MediaType, ["url_private"] = address, ["url_private_download"] = address } });
    }

    private (string?, JsonObject?) FileDelete(string file)
    {
        if (!Space.Files.TryRemove(file, out _)) return ("file_not_found", null);
        Space.RemoveFile(file);
        return (null, null);
    }

    private (string?, JsonObject?) UploadUrl(JsonObject arguments)
    {
        if (Text(arguments, "filename").Length == 0 || !long.TryParse(Text(arguments, "length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length == 0) return ("invalid_arguments: filename or length", null);
        var file = $"F{Next()}";
        Space.Files[file] = new SlackStoredFile(Text(arguments, "filename"), length);
        return (null, new JsonObject { ["upload_url"] = new Uri(server.Root, $"upload/{file}").AbsoluteUri, ["file_id"] = file });
    }

    private (string?, JsonObject?) Complete(JsonObject arguments)
    {
        if (arguments["files"] is not JsonArray { Count: > 0 } files) return ("invalid_arguments: files", null);
        var channel = Text(arguments, "channel_id");
        if (channel.Length > 0 && Place(channel, arguments["thread_ts"]) is { } no) return (no, null);
        foreach (var file in files)
        {
            var id = Text(file!.AsObject(), "id");
            if (!Space.Files.TryGetValue(id, out var stored) || stored.Content is null || stored.Shared) return ("file_not_found", null);
            stored.Shared = true;
            if (channel.Length > 0) Space.Add(new SlackPost { Ts = Space.NewTs(), Channel = channel, Thread = arguments["thread_ts"]?.GetValue<string>(), File = id, Text = stored.Name });
        }

        return (null, new JsonObject { ["files"] = files.DeepClone() });
    }

    private string? Place(string channel, JsonNode? thread)
    {
        if (!Space.Rooms.TryGetValue(channel, out var room)) return "channel_not_found";
        if (!room.Members.Contains(Space.BotUser)) return "not_in_channel";
        if (room.IsArchived) return "is_archived";
        if (thread is null) return null;
        if (thread.GetValueKind() != JsonValueKind.String || !Stamp().IsMatch(thread.GetValue<string>())) return "invalid_thread_ts";
        return Space.Find(channel, thread.GetValue<string>()) is { Thread: not null } ? "cannot_reply_to_message" : null;
    }

    private string? Content(JsonObject arguments)
    {
        var text = Text(arguments, "text");
        if (text.Length == 0 && arguments["blocks"] is null) return "no_text";
        if (Ring(text) is { } tooLong) return tooLong;
        return arguments["blocks"] is { } blocks ? SlackBlockRules.Check(blocks) : null;
    }

    private static bool Title(JsonNode? node) => node is not JsonObject title || Text(title, "type") != "plain_text" || Text(title, "text").Length is 0 or > 24;
}
