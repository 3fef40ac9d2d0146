using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Channels.Telegram;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using ChatOps.Testing.Telegram;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>The Telegram channel with the loopback Bot API, for the conformance suite. The suite's chats are direct chats, so a chat's id is its person's.</summary>
internal sealed class TelegramUnderTest : ChannelUnderTest
{
    private const long ForumId = -1_000_000_000_777;
    private const long Topic = 7;

    private readonly ConcurrentDictionary<string, JsonObject> events = new();
    private readonly TelegramBench bench;
    private readonly TelegramServer server;
    private readonly bool webhook;
    private int putOff;

    private TelegramUnderTest(TelegramServer server, TelegramBench bench, bool webhook) => (this.server, this.bench, this.webhook) = (server, bench, webhook);

    public override IChannel Channel => bench.Channel;

    public static async Task<ChannelUnderTest> CreateAsync(IInbox inbox, bool webhook)
    {
        var server = await TelegramServer.StartAsync();
        TelegramUnderTest? made = null;
        var noted = new NotedInbox(inbox, receipt => { if (receipt.ComesAgain) made!.putOff++; });
        var bench = await TelegramBench.StartAsync(server, run: false, inbox: noted, change: o =>
        {
            if (!webhook) return;
            (o.Mode, o.PublicUrl) = (TelegramMode.Webhook, new Uri("https://ops.example"));
        });
        made = new TelegramUnderTest(server, bench, webhook);
        foreach (var chat in new[] { "c1", "c2" }) server.Direct(made.Person(chat));
        return made;
    }

    // Numbers that say what they are: a chat is that of its person.
    public override string IdOf(string name) => name[^1..] + "001";

    public override Task<PlatformAnswer> DeliverAsync(PlatformEvent happened)
    {
        var chat = ChatOf(happened.Chat);
        return DeliverAsync(happened.Id, chat, () => Update(happened, chat));
    }

    public override async Task<PlatformAnswer?> DeliverFileAsync(string id, string chat, string user, string name, byte[] content)
    {
        var to = ChatOf(chat);
        return await DeliverAsync(id, to, () => Said(to, Person(user), "", null, message =>
        {
            message.Remove("text");
            var file = server.Keep("documents", content);
            message["document"] = new JsonObject
            {
                ["file_id"] = file, ["file_unique_id"] = "u" + file, ["file_name"] = name, ["mime_type"] = "application/octet-stream", ["file_size"] = content.Length,
            };
        }));
    }

    // Topics are in supergroups alone, where the bot hears what names it.
    public override async Task<PlatformAnswer?> DeliverInThreadAsync(PlatformEvent happened)
    {
        var forum = server.Group(ForumId, topics: Topic);
        var text = $"{happened.Text}@{server.Bot.Username}";
        return await DeliverAsync(happened.Id, forum, () => Said(forum, Person(happened.User), text, Topic, message =>
            message["entities"] = new JsonArray(new JsonObject { ["type"] = "bot_command", ["offset"] = 0, ["length"] = text.Length })));
    }

    public override Task<IReadOnlyList<SeenMessage>> SeenInThreadAsync(ConversationKey conversation) =>
        Task.FromResult(Seen(server.ChatOf(Number(conversation.Chat)), Number(conversation.Thread)));

    public override bool Limit(TimeSpan retryAfter)
    {
        server.Fail(TelegramFault.TooFast((int)retryAfter.TotalSeconds));
        return true;
    }

    public override bool LoseAnswer()
    {
        server.Fail(new TelegramFault { Method = "sendMessage", Done = true, Cut = true });
        return true;
    }

    public override IReadOnlyList<string> Violations => server.Violations;

    public override Task<IReadOnlyList<SeenMessage>> SeenAsync(string chat) => Task.FromResult(Seen(ChatOf(chat), null));

    public override Task ReconnectAsync()
    {
        server.Disconnect();
        return Task.CompletedTask;
    }

    // Whoever reads does so from Telegram, not from here.
    public override Task StopReadingAsync() => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        await server.DisposeAsync();
    }

    private bool Stopped => Channel.Health!.Summary == "Stopped.";

    private async Task<PlatformAnswer> DeliverAsync(string id, TelegramChatState chat, Func<JsonObject> make)
    {
        // The suite starts the channel; it hears nothing before it knows its bot.
        await Until.TrueAsync(() => Channel.Health!.State == Diagnostics.PartState.Ok || putOff > 0 || Stopped);
        if (Stopped) return new PlatformAnswer(false);
        var update = events.GetOrAdd(id, _ => make()).DeepClone().AsObject();
        if (!(webhook ? await CallAsync(update) : await PollAsync(update))) return new PlatformAnswer(false);
        return new PlatformAnswer(true, chat.Posts.LastOrDefault(p => p.From is null)?.Text);
    }

    private static IReadOnlyList<SeenMessage> Seen(TelegramChatState chat, long? topic) =>
    [
        .. chat.Posts.Where(p => p is { From: null, File: null } && p.Thread == topic).Select(p => new SeenMessage($"{p.Id}", p.Text, [.. p.Buttons.SelectMany(r => r).Select(b => b.Data[1..])])),
    ];

    private async Task<bool> PollAsync(JsonObject update)
    {
        var before = putOff;
        server.Push(update);
        var id = update["update_id"]!.GetValue<long>();
        await Until.TrueAsync(() => server.IsConfirmed(id) || putOff > before || Stopped);
        return server.IsConfirmed(id);
    }

    private async Task<bool> CallAsync(JsonObject update)
    {
        update["update_id"] = 1;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-Telegram-Bot-Api-Secret-Token"] = bench.Secrets.Webhook };
        return (await bench.Webhook.ReceiveAsync(new WebhookRequest("POST", headers, Encoding.UTF8.GetBytes(update.ToJsonString())), CancellationToken.None)).Status == 200;
    }

    private JsonObject Update(PlatformEvent happened, TelegramChatState chat)
    {
        var person = Person(happened.User);
        if (happened.Kind == InboundKind.Action)
            return server.PressUpdate(server.NewPress(), chat, person, chat.Posts.Last(p => p.Buttons.Count > 0).Id, "!" + happened.Text);
        return Said(chat, person, happened.Text, null, _ => { });
    }

    private JsonObject Said(TelegramChatState chat, TelegramPerson person, string text, long? topic, Action<JsonObject> change)
    {
        var post = chat.Add(id => new TelegramPost(chat.Id, id, topic, text, [], null) { From = person });
        var message = server.MessageJson(post);
        change(message);
        return new JsonObject { ["message"] = message };
    }

    private TelegramChatState ChatOf(string name) => server.ChatOf(Number(IdOf(name)));

    private TelegramPerson Person(string name) => new(Number(IdOf(name)), name);

    private static long Number(string id) => long.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
}
