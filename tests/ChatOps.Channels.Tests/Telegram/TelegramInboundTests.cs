using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Channels.Telegram;
using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;
using ChatOps.Testing;

namespace ChatOps.Channels.Tests.Telegram;

public sealed class TelegramInboundTests
{
    private static readonly TgUser Me = new() { Id = 7000000001, IsBot = true, Username = "Ops_Test_Bot" };

    private static readonly string[] Samples =
    [
        Message("/run@ops_test_bot uptime", "supergroup").ToJsonString(),
        """{"update_id":5,"callback_query":{"id":"9","from":{"id":5,"is_bot":false,"first_name":"A"},"chat_instance":"1","data":"!t","message":{"message_id":4,"date":5,"chat":{"id":-5,"type":"group","title":"g"},"reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"!t"}]]}}}}""",
        """{"update_id":6,"message":{"message_id":4,"date":5,"from":{"id":5,"is_bot":false,"first_name":"A"},"chat":{"id":5,"type":"private"},"voice":{"file_id":"F","file_unique_id":"u","duration":4},"caption":"@ops_test_bot x","caption_entities":[{"type":"mention","offset":0,"length":13}]}}""",
    ];

    [Theory]
    [InlineData("/nodes", "/nodes")]
    [InlineData("/nodes@ops_test_bot", "/nodes")]
    [InlineData("/run@OPS_TEST_BOT uptime --on local", "/run uptime --on local")]
    [InlineData("@ops_test_bot restart nginx", "restart nginx")]
    [InlineData("@ops_test_bot, restart nginx", "restart nginx")]
    [InlineData("please @Ops_Test_Bot restart nginx", "please  restart nginx")]
    [InlineData("@ops_test_bot /run uptime", "/run uptime")]
    [InlineData("restart nginx @ops_test_bot", "restart nginx")]
    public void What_is_addressed_to_the_bot_in_a_group_is_taken_without_its_name(string said, string taken)
    {
        var message = Assert.IsType<TelegramEvent.Said>(Read(Message(said, "supergroup"))).Message;
        Assert.Equal((taken, "Ops"), (message.Text, message.Context.Group));
    }

    [Theory]
    [InlineData("good morning", "not-addressed")]
    [InlineData("@other_bot restart nginx", "not-addressed")]
    [InlineData("mail me at x@ops_test_bot.example", "not-addressed")]
    [InlineData("/nodes@other_bot", "other-bot")]
    [InlineData("/etc/hosts is broken", "not-addressed")]
    public void What_is_not_addressed_to_the_bot_in_a_group_is_nothing(string said, string reason) =>
        Assert.Equal(reason, Assert.IsType<TelegramEvent.Dropped>(Read(Message(said, "group"))).Reason);

    [Theory]
    [InlineData("sender_chat", """{"id":-100,"type":"supergroup"}""", "anonymous")]
    [InlineData("forward_origin", """{"type":"user","date":1,"sender_user":{"id":1,"is_bot":false,"first_name":"admin"}}""", "forwarded")]
    [InlineData("is_automatic_forward", "true", "forwarded")]
    [InlineData("via_bot", """{"id":5,"is_bot":true,"first_name":"b"}""", "via-bot")]
    [InlineData("business_connection_id", "\"b1\"", "business")]
    [InlineData("edit_date", "5", "edited")]
    [InlineData("from", """{"id":1087968824,"is_bot":true,"first_name":"Group"}""", "bot")]
    [InlineData("from", "null", "no-sender")]
    public void Who_speaks_for_others_or_with_others_words_is_nobody(string field, string value, string reason)
    {
        foreach (var type in new[] { "private", "supergroup" })
        {
            var update = Message("/nodes", type);
            update["message"]![field] = JsonNode.Parse(value);
            Assert.Equal(reason, Assert.IsType<TelegramEvent.Dropped>(Read(update)).Reason);
        }
    }

    [Theory]
    [InlineData("edited_message", "edited")]
    [InlineData("channel_post", "channel-post")]
    [InlineData("business_message", "unsupported")]
    [InlineData("edited_channel_post", "unsupported")]
    [InlineData("guest_message", "unsupported")]
    [InlineData("poll", "unsupported")]
    public void Only_new_messages_and_presses_are_anything(string kind, string reason)
    {
        var update = Message("/nodes", "private");
        update[kind] = update["message"]!.DeepClone();
        update.Remove("message");
        Assert.Equal(reason, Assert.IsType<TelegramEvent.Dropped>(Read(update)).Reason);
    }

    [Theory]
    [InlineData("sticker", "no-content")]
    [InlineData("location", "no-content")]
    [InlineData("new_chat_members", "no-content")]
    public void A_message_without_words_and_files_is_nothing(string field, string reason)
    {
        var update = Message("x", "private");
        update["message"]!.AsObject().Remove("text");
        update["message"]![field] = new JsonObject();
        Assert.Equal(reason, Assert.IsType<TelegramEvent.Dropped>(Read(update)).Reason);
    }

    [Fact]
    public void A_name_like_an_admins_is_only_a_name()
    {
        var update = Message("/nodes", "private");
        update["message"]!["from"] = JsonNode.Parse("""{"id":666,"is_bot":false,"first_name":"Ada","last_name":"telegram:101","username":"ada"}""");
        Assert.Equal("telegram:666", Assert.IsType<TelegramEvent.Said>(Read(update)).Message.Actor.Key);
    }

    [Fact]
    public void Start_is_the_question_for_help() =>
        Assert.Equal("/help", Assert.IsType<TelegramEvent.Said>(Read(Message("/start abc", "private"))).Message.Text);

    [Fact]
    public void A_thread_of_replies_outside_forums_is_no_topic()
    {
        var update = Message("/nodes", "supergroup");
        update["message"]!["message_thread_id"] = 12;
        Assert.Equal("", Assert.IsType<TelegramEvent.Said>(Read(update)).Message.Conversation.Thread);
        update["message"]!["is_topic_message"] = true;
        Assert.Equal("12", Assert.IsType<TelegramEvent.Said>(Read(update)).Message.Conversation.Thread);
    }

    [Fact]
    public void A_reply_to_the_bot_is_addressed_to_it_and_one_to_somebody_else_is_not()
    {
        var update = Message("yes please", "group");
        update["message"]!["reply_to_message"] = JsonNode.Parse("""{"message_id":4,"date":1,"chat":{"id":-5,"type":"group"},"from":{"id":7000000001,"is_bot":true,"first_name":"Ops"}}""");
        Assert.Equal(4, Assert.IsType<TelegramEvent.Said>(Read(update)).RepliesTo);
        update["message"]!["reply_to_message"]!["from"]!["id"] = 8;
        Assert.IsType<TelegramEvent.Dropped>(Read(update));
    }

    [Theory]
    [InlineData("voice", """{"file_id":"F","file_unique_id":"u","duration":4,"mime_type":"audio/ogg","file_size":9000}""", InboundFileKind.Voice, "voice.ogg", "audio/ogg", 9000L, 4)]
    [InlineData("audio", """{"file_id":"F","file_unique_id":"u","duration":7200,"title":"Standup","mime_type":"audio/mpeg"}""", InboundFileKind.Audio, "Standup", "audio/mpeg", null, 7200)]
    [InlineData("document", """{"file_id":"F","file_unique_id":"u","file_name":"../../etc/passwd","mime_type":"text/plain","file_size":12}""", InboundFileKind.Document, "passwd", "text/plain", 12L, null)]
    [InlineData("document", """{"file_id":"F","file_unique_id":"u","file_name":"a.png","mime_type":"image/png","file_size":-1}""", InboundFileKind.Image, "a.png", "image/png", null, null)]
    [InlineData("photo", """[{"file_id":"small","file_unique_id":"s","width":9,"height":9},{"file_id":"F","file_unique_id":"u","width":90,"height":90,"file_size":77}]""", InboundFileKind.Image, "photo.jpg", "image/jpeg", 77L, null)]
    [InlineData("video", """{"file_id":"F","file_unique_id":"u","duration":-3,"width":1,"height":1}""", InboundFileKind.Document, "video.mp4", "video/mp4", null, null)]
    public void Files_come_with_what_is_said_of_them(string field, string value, InboundFileKind kind, string name, string type, long? bytes, int? seconds)
    {
        var update = Message("look", "private");
        var message = update["message"]!.AsObject();
        message.Remove("text");
        message["caption"] = "/run @ops_test_bot";
        message[field] = JsonNode.Parse(value);
        var said = Assert.IsType<TelegramEvent.Said>(Read(update)).Message;
        Assert.Equal(new InboundFile(kind, "F", name, type, bytes, seconds is { } s ? TimeSpan.FromSeconds(s) : null), Assert.Single(said.Context.Files));
        message.Remove("caption");
        Assert.Equal("", Assert.IsType<TelegramEvent.Said>(Read(update)).Message.Text);
    }

    [Fact]
    public void Ten_thousand_broken_updates_are_nothing_or_something_and_never_an_exception()
    {
        var random = Fuzz.Chance(20261121);
        var rounds = Fuzz.Rounds(10_000);
        var events = 0;
        for (var i = 0; i < rounds; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Broken(Samples[i % Samples.Length], random));
            if (TgUpdates.Read(bytes) is not { } update) continue;
            events++;
            Assert.NotNull(TelegramInbound.Convert(update, Me));
        }

        Assert.InRange(events, rounds / 10, rounds);
        foreach (var odd in new[] { "", "[]", "null", "1e999", "{\"update_id\":1e99}", "{\"update_id\":18446744073709551616}", new string('[', 100_000), "{\"update_id\":1,\"message\":" + new string('{', 5_000) })
            Assert.Null(TgUpdates.Read(Encoding.UTF8.GetBytes(odd)));
        Assert.NotNull(TgUpdates.Read("""{"update_id":1,"message":{"message_id":"x"}}"""u8.ToArray()));
    }

    [Fact]
    public void Names_in_one_update_do_not_change_how_later_updates_are_read()
    {
        foreach (var text in Samples) LongNames.DoNotHarm(Encoding.UTF8.GetBytes(text), Read);

        static string Read(byte[] json) => JsonSerializer.Serialize(TgUpdates.Read(json.AsMemory()), TgJson.Default.TgUpdate!);
    }

    [Fact]
    public void Long_updates_are_nothing_or_something_soon() => Fuzz.Run(Samples, text =>
    {
        if (TgUpdates.Read(Encoding.UTF8.GetBytes(text)) is { } update) Assert.NotNull(TelegramInbound.Convert(update, Me));
    });

    [Theory]
    [InlineData(0, 100)]
    [InlineData(-5, 3)]
    [InlineData(2_000_000_000, 2_000_000_000)]
    [InlineData(3, -1)]
    public void Marks_that_lie_outside_the_text_are_passed_over(int offset, int length)
    {
        var update = Message("@ops_test_bot x", "private");
        update["message"]!["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["offset"] = offset, ["length"] = length });
        Assert.Equal("@ops_test_bot x", Assert.IsType<TelegramEvent.Said>(Read(update)).Message.Text);
    }

    [Theory]
    [InlineData("/break_glass now", "/break-glass now")]
    [InlineData("/break_glass", "/break-glass")]
    [InlineData("/break_it", "/break_it")]
    [InlineData("/run a_b", "/run a_b")]
    [InlineData("words with_underscore", "words with_underscore")]
    public void An_underscore_in_a_command_stands_for_the_dash_that_Telegram_does_not_allow(string typed, string read) =>
        Assert.Equal(read, TelegramMenu.Read(typed, new FixedCommands().All));

    private static TelegramEvent Read(JsonObject update) => TelegramInbound.Convert(TgUpdates.Read(Encoding.UTF8.GetBytes(update.ToJsonString()))!, Me);

    private static JsonObject Message(string text, string type)
    {
        var marks = ChatOps.Testing.Telegram.TelegramHtmlReader.Found(text, []);
        return new JsonObject
        {
            ["update_id"] = 1,
            ["message"] = new JsonObject
            {
                ["message_id"] = 9, ["date"] = 1_700_000_000, ["text"] = text,
                ["from"] = new JsonObject { ["id"] = 101, ["is_bot"] = false, ["first_name"] = "Ada" },
                ["chat"] = new JsonObject { ["id"] = type == "private" ? 101 : -5, ["type"] = type, ["title"] = "Ops" },
                ["entities"] = new JsonArray([.. marks.Select(m => new JsonObject { ["type"] = m.Type, ["offset"] = m.Offset, ["length"] = m.Length })]),
            },
        };
    }

    private static string Broken(string json, Random random)
    {
        var node = JsonNode.Parse(json)!;
        for (var i = random.Next(1, 4); i > 0; i--) Break(node, random);
        var text = node.ToJsonString();
        return random.Next(10) == 0 ? text[..random.Next(text.Length)] : text;
    }

    private static void Break(JsonNode node, Random random)
    {
        while (true)
        {
            if (node is not JsonObject { Count: > 0 } at) return;
            var (name, child) = at.ElementAt(random.Next(at.Count));
            if (child is JsonObject && random.Next(3) > 0)
            {
                node = child;
                continue;
            }

            at[name] = random.Next(9) switch
            {
                0 => null,
                1 => random.NextInt64(long.MinValue, long.MaxValue),
                2 => new string((char)random.Next(1, 0xD7FF), random.Next(0, 600)),
                3 => new JsonArray(),
                4 => new JsonObject(),
                5 => true,
                6 => 1e300,
                7 => JsonNode.Parse("[[[[[[[[[[{}]]]]]]]]]]"),
                _ => "private",
            };
            return;
        }
    }
}
