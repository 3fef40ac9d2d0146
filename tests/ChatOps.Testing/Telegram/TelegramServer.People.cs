using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOps.Testing.Telegram;

public sealed partial class TelegramServer
{
    private readonly ConcurrentDictionary<long, TelegramPerson> people = new();
    private long nextPress = 5_500_000;
    private long nextFile;

    /// <summary>A direct chat with a person; its id is theirs.</summary>
    public TelegramChatState Direct(TelegramPerson person)
    {
        people[person.Id] = person;
        return chats.GetOrAdd(person.Id, id => new TelegramChatState(id, "private", null));
    }

    /// <summary>A group; below -1,000,000,000,000 a supergroup.</summary>
    public TelegramChatState Group(long id, string title = "Operations", params long[] topics) =>
        chats.GetOrAdd(id, _ => new TelegramChatState(id, id < -1_000_000_000_000 ? "supergroup" : "group", title) { Topics = topics.Length == 0 ? null : [.. topics] });

    /// <summary>The chat.</summary>
    public TelegramChatState ChatOf(long id) => chats[id];

    /// <summary>Somebody writes a message.</summary>
    /// <param name="chat">Where.</param>
    /// <param name="person">Who.</param>
    /// <param name="text">What; null for a message without text.</param>
    /// <param name="repliesTo">Which message it answers.</param>
    /// <param name="topic">In which topic.</param>
    /// <param name="change">Changes the message before it is delivered.</param>
    /// <returns>The update's number.</returns>
    public long Say(TelegramChatState chat, TelegramPerson person, string? text, long? repliesTo = null, long? topic = null, Action<JsonObject>? change = null)
    {
        people[person.Id] = person;
        var post = chat.Add(id => new TelegramPost(chat.Id, id, topic, text ?? "", [], null) { From = person, RepliesTo = repliesTo });
        var message = MessageJson(post);
        if (text is null) message.Remove("text");
        else if (TelegramHtmlReader.Found(text, []) is { Count: > 0 } found) message["entities"] = Marks(found);
        change?.Invoke(message);
        return queue.Add(new JsonObject { ["message"] = message });
    }

    /// <summary>Somebody sends a file.</summary>
    /// <param name="chat">Where.</param>
    /// <param name="person">Who.</param>
    /// <param name="kind">voice, audio, document or photo.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="describe">What is said of it besides.</param>
    /// <param name="caption">Under it.</param>
    /// <returns>The file's id.</returns>
    public string SendFile(TelegramChatState chat, TelegramPerson person, string kind, byte[] content, Action<JsonObject>? describe = null, string? caption = null)
    {
        var id = Keep(kind, content);
        var file = new JsonObject { ["file_id"] = id, ["file_unique_id"] = "u" + id, ["file_size"] = content.Length };
        describe?.Invoke(file);
        Say(chat, person, null, change: message =>
        {
            message[kind] = kind == "photo" ? new JsonArray(file) : file;
            if (caption is not null) message["caption"] = caption;
        });
        return id;
    }

    /// <summary>Keeps a file that can be asked for.</summary>
    public string Keep(string kind, byte[] content, string? localPath = null, long? size = null)
    {
        var number = Interlocked.Increment(ref nextFile);
        var id = string.Create(CultureInfo.InvariantCulture, $"AwACAgIAAxkBAAIB{number:0000}");
        files[id] = (localPath ?? string.Create(CultureInfo.InvariantCulture, $"{kind}/file_{number}.oga"), localPath is null ? content : null, size ?? content.Length);
        return id;
    }

    /// <summary>Telegram forgets a file.</summary>
    public void Forget(string fileId) => files.TryRemove(fileId, out _);

    /// <summary>Somebody presses a button.</summary>
    /// <returns>The press's id.</returns>
    public string Press(TelegramChatState chat, TelegramPerson person, long messageId, string data, Action<JsonObject>? change = null)
    {
        var id = NewPress();
        queue.Add(PressUpdate(id, chat, person, messageId, data, change));
        return id;
    }

    /// <summary>A press that can be answered.</summary>
    public string NewPress()
    {
        var id = Interlocked.Increment(ref nextPress).ToString(CultureInfo.InvariantCulture);
        presses[id] = (time.GetUtcNow(), false);
        return id;
    }

    /// <summary>The update of a press.</summary>
    public JsonObject PressUpdate(string id, TelegramChatState chat, TelegramPerson person, long messageId, string data, Action<JsonObject>? change = null)
    {
        people[person.Id] = person;
        var query = new JsonObject { ["id"] = id, ["from"] = PersonJson(person), ["chat_instance"] = "42", ["data"] = data };
        query["message"] = chat.Find(messageId) is { } post ? MessageJson(post) : new JsonObject { ["chat"] = ChatJson(chat), ["message_id"] = messageId, ["date"] = 0 };
        change?.Invoke(query);
        return new JsonObject { ["callback_query"] = query };
    }

    /// <summary>Delivers something as it is, whatever it is; under the next number unless it has one.</summary>
    public void Push(JsonObject update)
    {
        if (update.ContainsKey("update_id")) queue.AddRaw(update);
        else queue.Add(update);
    }

    /// <summary>After a quiet week: numbers begin anywhere.</summary>
    public void NumberFrom(long id) => queue.NumberFrom(id);

    /// <summary>Whether an update need not be delivered again.</summary>
    public bool IsConfirmed(long updateId) => queue.IsConfirmed(updateId);

    /// <summary>A group becomes a supergroup: its messages stay behind, and both sides are told.</summary>
    public TelegramChatState Migrate(TelegramChatState group, long to, bool tell = true)
    {
        var supergroup = Group(to, group.Title ?? "");
        group.MigratedTo = to;
        if (!tell) return supergroup;
        var left = group.Add(id => new TelegramPost(group.Id, id, null, "", [], null) { From = Bot });
        var arrived = supergroup.Add(id => new TelegramPost(to, id, null, "", [], null) { From = Bot });
        var (one, two) = (MessageJson(left), MessageJson(arrived));
        one["migrate_to_chat_id"] = to;
        two["migrate_from_chat_id"] = group.Id;
        queue.Add(new JsonObject { ["message"] = one });
        queue.Add(new JsonObject { ["message"] = two });
        return supergroup;
    }

    /// <summary>A message as Telegram describes it.</summary>
    public JsonObject MessageJson(TelegramPost post)
    {
        var chat = chats[post.Chat];
        var message = new JsonObject
        {
            ["message_id"] = post.Id, ["date"] = time.GetUtcNow().ToUnixTimeSeconds(), ["chat"] = ChatJson(chat), ["from"] = PersonJson(post.From ?? Bot), ["text"] = post.Text,
        };
        if (post.File is { } file)
        {
            message.Remove("text");
            message["caption"] = post.Text;
            message[file.IsPhoto ? "photo" : "document"] = file.IsPhoto
                ? new JsonArray(new JsonObject { ["file_id"] = "out", ["file_unique_id"] = "out", ["width"] = 1, ["height"] = 1 })
                : new JsonObject { ["file_id"] = "out", ["file_unique_id"] = "out", ["file_name"] = file.Name };
        }

        if (post.Marks.Count > 0) message["entities"] = Marks(post.Marks);
        if (post.Thread is { } topic)
        {
            message["message_thread_id"] = topic;
            message["is_topic_message"] = true;
        }

        if (post.RepliesTo is { } replied && chat.Find(replied) is { } original) message["reply_to_message"] = MessageJson(original with { RepliesTo = null });
        if (post.Markup?["inline_keyboard"] is not null) message["reply_markup"] = post.Markup.DeepClone();
        if (post.Edits > 0 && post.From is null) message["edit_date"] = time.GetUtcNow().ToUnixTimeSeconds();
        return message;
    }

    private static JsonObject ChatJson(TelegramChatState chat)
    {
        var json = new JsonObject { ["id"] = chat.Id, ["type"] = chat.Type };
        if (chat.Title is not null) json["title"] = chat.Title;
        if (chat.Topics is not null) json["is_forum"] = true;
        return json;
    }

    private static JsonObject PersonJson(TelegramPerson person)
    {
        var json = new JsonObject { ["id"] = person.Id, ["is_bot"] = person.IsBot, ["first_name"] = person.Name };
        if (person.Username is not null) json["username"] = person.Username;
        return json;
    }

    private static JsonArray Marks(IReadOnlyList<TelegramMark> marks) => [.. marks.Select(m => new JsonObject { ["type"] = m.Type, ["offset"] = m.Offset, ["length"] = m.Length })];
}
