using System.Collections.Concurrent;
using System.Globalization;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using ChatOps.Testing.Discord;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>The Discord channel and a Discord on loopback. Nothing acknowledges an event there: it counts as taken when the inbox has answered, and a connection that is given up instead asks for it again.</summary>
internal sealed class DiscordChannelUnderTest : ChannelUnderTest
{
    private const string PostRoute = "POST channels/{}/messages";

    // As often as the adapter asks for one send, under one nonce.
    private const int Tries = 3;

    private readonly ConcurrentDictionary<string, string> ids = new();
    private readonly DiscordServer server;
    private readonly DiscordRig rig;
    private readonly NotedAnswers answers;
    private int nextId;

    private DiscordChannelUnderTest(DiscordServer server, IInbox inbox)
    {
        answers = new NotedAnswers(inbox);
        (this.server, rig) = (server, DiscordRig.Of(server, new DiscordWorldServices(server) { Inbox = answers }));
    }

    public override IChannel Channel => rig.Channel;

    public static async Task<ChannelUnderTest> CreateAsync(IInbox inbox) => new DiscordChannelUnderTest(await DiscordServer.StartAsync(), inbox);

    public override string IdOf(string name) => ids.GetOrAdd(name, _ => (610_000_000_000_000_000 + Interlocked.Increment(ref nextId)).ToString(CultureInfo.InvariantCulture));

    public override void Stored(OutboundMessage message) => server.AddDirect(message.Conversation.Chat);

    public override async Task<PlatformAnswer> DeliverAsync(PlatformEvent happened)
    {
        if (!await IsConnectedAsync()) return new PlatformAnswer(false);
        return happened.Kind == InboundKind.Action ? await PressAsync(happened) : await SayAsync(IdOf(happened.Chat), happened.Id, happened.User, happened.Text);
    }

    public override async Task<PlatformAnswer?> DeliverFileAsync(string id, string chat, string user, string name, byte[] content) =>
        await IsConnectedAsync() ? await SayAsync(IdOf(chat), id, user, "", new DiscordStoredFile("", name, content, "application/octet-stream")) : new PlatformAnswer(false);

    // Threads are in servers' channels alone.
    public override async Task<PlatformAnswer?> DeliverInThreadAsync(PlatformEvent happened) =>
        await IsConnectedAsync() ? await SayAsync(server.AddThread(DiscordServer.Ops), happened.Id, happened.User, $"<@{DiscordServer.BotUser}> {happened.Text}") : new PlatformAnswer(false);

    public override Task<IReadOnlyList<SeenMessage>> SeenInThreadAsync(ConversationKey conversation) => Task.FromResult(SeenIn(conversation.Thread));

    public override bool Limit(TimeSpan retryAfter)
    {
        var seconds = retryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        server.Fault(new DiscordFault(PostRoute)
        {
            Status = 429, Body = $$"""{"message":"You are being rate limited.","retry_after":{{seconds}},"global":false}""",
            Headers = new Dictionary<string, string> { ["Retry-After"] = seconds, ["X-RateLimit-Scope"] = "user" },
        });
        return true;
    }

    public override bool LoseAnswer()
    {
        server.Fault(new DiscordFault(PostRoute) { CutAfter = true }, Tries);
        return true;
    }

    public override Task<IReadOnlyList<SeenMessage>> SeenAsync(string chat) => Task.FromResult(SeenIn(IdOf(chat)));

    // What people see at Discord stands on its server: nobody there can hold the bot up by not reading.
    public override Task StopReadingAsync() => Task.CompletedTask;

    public override async Task ReconnectAsync()
    {
        await Until.TrueAsync(() => server.IsConnected);
        server.AbortAll();
        await Until.TrueAsync(() => server.IsConnected);
    }

    public override async ValueTask DisposeAsync()
    {
        await rig.DisposeAsync();
        await server.DisposeAsync();
    }

    private bool IsOver => rig.Channel.Health!.Summary == "The channel stops.";

    private IReadOnlyList<SeenMessage> SeenIn(string channel) =>
        [.. server.Seen(channel).Select(p => new SeenMessage($"{p.Channel}/{p.Id}", p.Text, [.. p.Buttons.Select(b => b.Split('|')[2])]))];

    private async Task<bool> IsConnectedAsync()
    {
        await Until.TrueAsync(() => server.IsConnected || IsOver);
        return !IsOver;
    }

    private async Task<PlatformAnswer> SayAsync(string chat, string id, string user, string text, params IReadOnlyList<DiscordStoredFile> files)
    {
        var key = $"discord:m:{IdOf(id)}";
        var (before, seen) = (answers.Of(key).Count, server.Seen(chat).Count);
        server.Say(chat, IdOf(user), text, id: IdOf(id), files: files);
        await Until.TrueAsync(() => answers.Of(key).Count > before || IsOver);
        if (answers.Of(key).Count <= before) return new PlatformAnswer(false);
        var receipt = answers.Of(key).Last();
        if (receipt.Status != InboxStatus.Refused) return new PlatformAnswer(true);
        if (receipt.ComesAgain) return new PlatformAnswer(false);
        await Until.TrueAsync(() => server.Seen(chat).Count > seen);
        return new PlatformAnswer(true, server.Seen(chat)[^1].Text);
    }

    private async Task<PlatformAnswer> PressAsync(PlatformEvent happened)
    {
        var post = server.Seen(IdOf(happened.Chat)).Last(p => p.Buttons.Any(b => b.Contains(happened.Text, StringComparison.Ordinal)));
        var made = server.Press(post, IdOf(happened.User), post.Buttons.Single(b => b.Contains(happened.Text, StringComparison.Ordinal)));
        await Until.TrueAsync(() => made.Answer is not null || IsOver);
        return new PlatformAnswer(made.AnswerType == 6);
    }

    private sealed class NotedAnswers(IInbox inner) : IInbox
    {
        private readonly ConcurrentDictionary<string, ConcurrentQueue<InboxReceipt>> receipts = new();

        public ConcurrentQueue<InboxReceipt> Of(string key) => receipts.GetOrAdd(key, _ => new());

        public async Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken)
        {
            var receipt = await inner.AcceptAsync(message, cancellationToken);
            Of(message.PlatformKey).Enqueue(receipt);
            return receipt;
        }
    }
}
