using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Testing.Telegram;

public sealed partial class TelegramServer
{
    private const int MaxText = 4096;
    private const int MaxCaption = 1024;
    private const int MaxAnswer = 200;
    private const int MaxData = 64;
    private const long MaxFileOut = 50_000_000;
    private const long MaxPhotoOut = 10_000_000;
    private const long MaxFileIn = 20 * 1024 * 1024;

    private static readonly TimeSpan PressTimeout = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<long, TelegramChatState> chats = new();
    private readonly ConcurrentDictionary<string, (string Path, byte[]? Content, long Size)> files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, bool Answered)> presses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string? Text, bool Alert)> answers = new(StringComparer.Ordinal);
    private volatile JsonArray commands = [];
    private volatile string webhookUrl = "";
    private volatile string? webhookSecret;

    /// <summary>What a press was answered with; null while it is not.</summary>
    public (string? Text, bool Alert)? AnswerTo(string pressId) => answers.TryGetValue(pressId, out var answer) ? answer : null;

    /// <summary>The command menu: names and descriptions.</summary>
    public IReadOnlyList<(string Command, string Description)> Menu => [.. commands.Select(c => (c!["command"]!.GetValue<string>(), c["description"]!.GetValue<string>()))];

    /// <summary>Where the webhook goes; empty for none.</summary>
    public string WebhookUrl => webhookUrl;

    /// <summary>Somebody else sets a webhook.</summary>
    public void SetForeignWebhook(string url) => webhookUrl = url;

    private async Task<JsonNode?> DoAsync(string method, JsonObject p, Dictionary<string, (string Name, byte[] Content)> uploads, CancellationToken cancellationToken)
    {
        switch (method)
        {
            case "getMe":
                return new JsonObject
                {
                    ["id"] = Bot.Id, ["is_bot"] = true, ["first_name"] = Bot.Name, ["username"] = Bot.Username, ["can_join_groups"] = true, ["can_read_all_group_messages"] = !Privacy,
                };
            case "getUpdates":
                if (webhookUrl.Length > 0) throw TelegramRefusedException.Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
                return await queue.GetAsync(Number(p, "offset"), (int?)Number(p, "limit"), (int?)Number(p, "timeout"), cancellationToken);
            case "setWebhook":
                return SetWebhook(p);
            case "deleteWebhook":
                (webhookUrl, webhookSecret) = ("", null);
                return true;
            case "getWebhookInfo":
                return new JsonObject { ["url"] = webhookUrl, ["has_custom_certificate"] = false, ["pending_update_count"] = queue.Count };
            case "setMyCommands":
                return SetCommands(p);
            case "getMyCommands":
                return commands.DeepClone();
            case "sendMessage":
                return Send(p, Formatted(p, "text", MaxText, "message is too long"), null);
            case "sendDocument":
                return Send(p, Formatted(p, "caption", MaxCaption, "message caption is too long"), Upload(uploads, "document", isPhoto: false));
            case "sendPhoto":
                return Send(p, Formatted(p, "caption", MaxCaption, "message caption is too long"), Upload(uploads, "photo", isPhoto: true));
            case "editMessageText":
                return Edit(p, Formatted(p, "text", MaxText, "message is too long"));
            case "editMessageReplyMarkup":
                return Edit(p, null);
            case "deleteMessage":
                return Chat(p).Remove(Number(p, "message_id")!.Value) ? true : throw TelegramRefusedException.Bad("message to delete not found");
            case "deleteMessages":
                var chat = Chat(p);
                foreach (var id in p["message_ids"]!.AsArray()) chat.Remove(id!.GetValue<long>());
                return true;
            case "answerCallbackQuery":
                return AnswerPress(p);
            case "sendChatAction":
                Chat(p);
                return p["action"]!.GetValue<string>() is "typing" or "upload_document" or "upload_photo" ? true : throw TelegramRefusedException.Bad("wrong parameter action in request");
            case "getChat":
                return ChatJson(Chat(p));
            case "createForumTopic":
                return CreateTopic(Chat(p), p["name"]!.GetValue<string>());
            case "getFile":
                return GetFile(p["file_id"]!.GetValue<string>());
            default:
                throw new TelegramRefusedException(501, $"The loopback server does not do {method}");
        }
    }

    private JsonNode Send(JsonObject p, (string Text, IReadOnlyList<TelegramMark> Marks) formatted, (string Name, byte[] Content, bool IsPhoto)? file)
    {
        var chat = Chat(p);
        if (file is null && formatted.Text.Length == 0) throw TelegramRefusedException.Bad("message text is empty");
        var thread = Number(p, "message_thread_id");
        if (thread is { } topic && chat.Topics?.Contains(topic) != true) throw TelegramRefusedException.Bad("message thread not found");
        if (thread is { } shut && chat.Closed.Contains(shut)) throw TelegramRefusedException.Bad("TOPIC_CLOSED");
        CheckMarkup(p["reply_markup"]);
        long? replied = p["reply_parameters"]?["message_id"]?.GetValue<long>();
        if (replied is { } to && chat.Find(to) is null)
        {
            if (p["reply_parameters"]?["allow_sending_without_reply"]?.GetValue<bool>() != true) throw TelegramRefusedException.Bad("message to be replied not found");
            replied = null;
        }

        var post = chat.Add(id => new TelegramPost(chat.Id, id, thread, formatted.Text, formatted.Marks, p["reply_markup"]?.DeepClone() as JsonObject) { File = file, RepliesTo = replied });
        return MessageJson(post);
    }

    private JsonNode Edit(JsonObject p, (string Text, IReadOnlyList<TelegramMark> Marks)? formatted)
    {
        var chat = Chat(p);
        var id = Number(p, "message_id") ?? throw TelegramRefusedException.Bad("message identifier is not specified");
        var post = chat.Find(id) ?? throw TelegramRefusedException.Bad("message to edit not found");
        if (post.From is not null || post.Frozen) throw TelegramRefusedException.Bad("message can't be edited");
        if (formatted is not null && post.File is not null) throw TelegramRefusedException.Bad("there is no text in the message to edit");
        if (formatted is { Text.Length: 0 }) throw TelegramRefusedException.Bad("message text is empty");
        CheckMarkup(p["reply_markup"]);
        var markup = p["reply_markup"] as JsonObject;
        var text = formatted ?? (post.Text, post.Marks);
        if (text.Text == post.Text && text.Marks.SequenceEqual(post.Marks) && JsonNode.DeepEquals(markup, post.Markup))
            throw TelegramRefusedException.Bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
        var edited = post with { Text = text.Text, Marks = text.Marks, Markup = markup?.DeepClone() as JsonObject, Edits = post.Edits + 1 };
        chat.Set(edited);
        return MessageJson(edited);
    }

    private static (string Text, IReadOnlyList<TelegramMark> Marks) Formatted(JsonObject p, string name, int limit, string tooLong)
    {
        var raw = p[name]?.GetValue<string>() ?? "";
        if (raw.Contains('\uFFFD', StringComparison.Ordinal) && raw.Length == 1) throw TelegramRefusedException.Bad("strings must be encoded in UTF-8");
        var (text, marks) = p["parse_mode"]?.GetValue<string>() switch
        {
            "HTML" => TelegramHtmlReader.Read(raw),
            null => (raw.Trim(), []),
            _ => throw TelegramRefusedException.Bad("unsupported parse_mode"),
        };
        return text.Length <= limit ? (text, marks) : throw TelegramRefusedException.Bad(tooLong);
    }

    private static (string, byte[], bool) Upload(Dictionary<string, (string Name, byte[] Content)> uploads, string field, bool isPhoto)
    {
        if (!uploads.TryGetValue(field, out var file)) throw TelegramRefusedException.Bad($"there is no {field} in the request");
        if (file.Content.Length == 0) throw TelegramRefusedException.Bad("file must be non-empty");
        if (file.Content.Length > MaxFileOut) throw new TelegramRefusedException(413, "Request Entity Too Large");
        if (isPhoto) CheckPhoto(file.Content);
        return (file.Name, file.Content, isPhoto);
    }

    // What is no picture cannot be shown as one, and one that is too large or too long is refused. A PNG's size stands at its beginning.
    private static void CheckPhoto(byte[] content)
    {
        if (content.Length > MaxPhotoOut) throw TelegramRefusedException.Bad("file is too big");
        if (content is not ([0x89, (byte)'P', ..] or [0xFF, 0xD8, ..])) throw TelegramRefusedException.Bad("IMAGE_PROCESS_FAILED");
        if (content[0] != 0x89 || content.Length < 24) return;
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(16)), BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(20)));
        if (width + (long)height > 10_000 || Math.Max(width, height) > 20L * Math.Min(width, height)) throw TelegramRefusedException.Bad("PHOTO_INVALID_DIMENSIONS");
    }

    private static void CheckMarkup(JsonNode? markup)
    {
        if (markup?["inline_keyboard"] is not JsonArray rows) return;
        foreach (var button in rows.SelectMany(r => r!.AsArray()))
        {
            var data = button!["callback_data"]?.GetValue<string>();
            if (string.IsNullOrWhiteSpace(button["text"]?.GetValue<string>())) throw TelegramRefusedException.Bad("text buttons are unallowed in the inline keyboard");
            if (data is not null && Encoding.UTF8.GetByteCount(data) is < 1 or > MaxData) throw TelegramRefusedException.Bad("BUTTON_DATA_INVALID");
            if (data is null && button["url"] is null) throw TelegramRefusedException.Bad("BUTTON_TYPE_INVALID");
            if (button["style"]?.GetValue<string>() is not (null or "danger" or "success" or "primary")) throw TelegramRefusedException.Bad("unknown button style");
        }
    }

    private JsonNode AnswerPress(JsonObject p)
    {
        const string TooOld = "query is too old and response timeout expired or query ID is invalid";
        var id = p["callback_query_id"]!.GetValue<string>();
        if (p["text"]?.GetValue<string>().Length > MaxAnswer) throw TelegramRefusedException.Bad("MESSAGE_TOO_LONG");
        if (!presses.TryGetValue(id, out var press) || press.Answered || time.GetUtcNow() - press.At > PressTimeout) throw TelegramRefusedException.Bad(TooOld);
        if (!presses.TryUpdate(id, (press.At, true), press)) throw TelegramRefusedException.Bad(TooOld);
        answers[id] = (p["text"]?.GetValue<string>(), p["show_alert"]?.GetValue<bool>() == true);
        return true;
    }

    private JsonNode SetCommands(JsonObject p)
    {
        var wanted = p["commands"]!.AsArray();
        if (wanted.Count > 100) throw TelegramRefusedException.Bad("too many commands");
        foreach (var command in wanted)
        {
            if (!CommandName().IsMatch(command!["command"]!.GetValue<string>())) throw TelegramRefusedException.Bad("BOT_COMMAND_INVALID");
            if (command["description"]!.GetValue<string>().Length is < 1 or > 256) throw TelegramRefusedException.Bad("BOT_COMMAND_DESCRIPTION_INVALID");
        }

        commands = wanted.DeepClone().AsArray();
        return true;
    }

    private JsonNode SetWebhook(JsonObject p)
    {
        var url = p["url"]!.GetValue<string>();
        var secret = p["secret_token"]?.GetValue<string>();
        if (secret is not null && !SecretToken().IsMatch(secret)) throw TelegramRefusedException.Bad("secret token contains unallowed characters");
        if (url.Length > 0 && (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != "https" && !address.IsLoopback)))
            throw TelegramRefusedException.Bad("bad webhook: An HTTPS URL must be provided for webhook");
        (webhookUrl, webhookSecret) = (url, secret);
        return true;
    }

    private static JsonNode CreateTopic(TelegramChatState chat, string name)
    {
        if (chat.Topics is null) throw TelegramRefusedException.Bad("the chat is not a forum");
        if (!chat.MayManageTopics) throw TelegramRefusedException.Bad("not enough rights to create a topic");
        if (name.Length is < 1 or > 128) throw TelegramRefusedException.Bad("TOPIC_TITLE_EMPTY");
        return new JsonObject { ["message_thread_id"] = chat.Open(name), ["name"] = name, ["icon_color"] = 7322096 };
    }

    private JsonNode GetFile(string id)
    {
        if (!files.TryGetValue(id, out var file)) throw TelegramRefusedException.Bad("wrong file_id or the file is temporarily unavailable");
        if (file.Size > MaxFileIn && !file.Path.StartsWith('/')) throw TelegramRefusedException.Bad("file is too big");
        return new JsonObject { ["file_id"] = id, ["file_unique_id"] = "u" + id, ["file_size"] = file.Size, ["file_path"] = file.Path };
    }

    private async Task DownloadAsync(HttpContext context, string path)
    {
        var found = files.Values.FirstOrDefault(f => f.Path == path && f.Content is not null);
        if (found.Content is null)
        {
            await AnswerAsync(context, 404, Error(404, "Not Found"));
            return;
        }

        if (Take("download", null) is { } fault)
        {
            await ApplyAsync(context, fault);
            if (fault.Cut || fault.Status != 0) return;
        }

        context.Response.ContentType = "application/octet-stream";
        await context.Response.Body.WriteAsync(found.Content);
    }

    private TelegramChatState Chat(JsonObject p)
    {
        if (Number(p, "chat_id") is not { } id || !chats.TryGetValue(id, out var chat)) throw TelegramRefusedException.Bad("chat not found");
        if (chat.MigratedTo is { } to) throw new TelegramRefusedException(400, "Bad Request: group chat was upgraded to a supergroup chat") { MigrateTo = to };
        return chat.Shut is { } why ? throw TelegramRefusedException.Forbidden(why) : chat;
    }

    private static long? Number(JsonObject p, string name) => p[name]?.GetValue<long>();

    [GeneratedRegex("^[a-z0-9_]{1,32}$")]
    private static partial Regex CommandName();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$")]
    private static partial Regex SecretToken();
}
