using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>The Slack channel in Socket Mode with the loopback Slack, for the conformance suite. The suite's chats are direct conversations.</summary>
internal sealed class SlackUnderTest(SlackHarness slack) : ChannelUnderTest
{
    private const string ThreadRoom = "C1";

    private readonly ConcurrentDictionary<string, string> stamps = new();
    private int counter;

    public override IChannel Channel => slack.Channel;

    public static async Task<ChannelUnderTest> CreateAsync(IInbox inbox)
    {
        var slack = await SlackHarness.CreateAsync(given: inbox, prepare: server =>
        {
            server.Sockets.Redeliveries = 0;
            server.Workspace.WithPerson("u1", "ada");
            foreach (var chat in new[] { "c1", "c2" }) server.Workspace.Rooms[chat] = new SlackRoom(chat, "directmessage", IsDirect: true, ["u1", "U0BOT"]);
        });
        return new SlackUnderTest(slack);
    }

    public override async Task<PlatformAnswer> DeliverAsync(PlatformEvent happened)
    {
        var ts = StampOf(happened.Id);
        if (!await IsConnectedAsync()) return new PlatformAnswer(false);
        var before = slack.Server.Workspace.In(happened.Chat).Count;
        var ack = happened.Kind == InboundKind.Text
            ? await slack.HearAsync(SlackSaid.Direct(happened.Text, ts, happened.Chat, happened.User))
            : await slack.Server.Sockets.DeliverAsync("interactive", Press(happened, ts));
        if (!ack.Acknowledged || happened.Text.Length <= InboundMessage.MaxTextLength) return new PlatformAnswer(ack.Acknowledged);
        await Until.TrueAsync(() => slack.Server.Workspace.In(happened.Chat).Count > before);
        return new PlatformAnswer(true, slack.Server.Workspace.In(happened.Chat)[^1].Shown);
    }

    public override async Task<PlatformAnswer?> DeliverFileAsync(string id, string chat, string user, string name, byte[] content)
    {
        if (!await IsConnectedAsync()) return new PlatformAnswer(false);
        var file = string.Create(CultureInfo.InvariantCulture, $"F{Interlocked.Increment(ref counter)}");
        slack.Server.Workspace.Files[file] = new SlackStoredFile(name, content.Length) { Content = content };
        var said = SlackSaid.Direct("", StampOf(id), chat, user);
        said["event"]!["subtype"] = "file_share";
        said["event"]!["files"] = new JsonArray(new JsonObject { ["id"] = file, ["name"] = name, ["mimetype"] = "application/octet-stream", ["size"] = content.Length, ["mode"] = "hosted" });
        return new PlatformAnswer((await slack.HearAsync(said)).Acknowledged);
    }

    // A mention in a channel begins a thread.
    public override async Task<PlatformAnswer?> DeliverInThreadAsync(PlatformEvent happened) => new PlatformAnswer(
        await IsConnectedAsync() && (await slack.HearAsync(SlackSaid.Mention($"<@U0BOT> {happened.Text}", StampOf(happened.Id), ThreadRoom, happened.User))).Acknowledged);

    public override Task<IReadOnlyList<SeenMessage>> SeenInThreadAsync(ConversationKey conversation) => Task.FromResult(Seen(conversation.Chat, conversation.Thread));

    public override bool Limit(TimeSpan retryAfter)
    {
        slack.Server.Script("chat.postMessage", SlackFault.Limited(retryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture)));
        return true;
    }

    public override bool LoseAnswer()
    {
        slack.Server.Script("chat.postMessage", SlackFault.LostAnswer());
        return true;
    }

    public override IReadOnlyList<string> Violations => slack.Server.Violations;

    public override Task<IReadOnlyList<SeenMessage>> SeenAsync(string chat) => Task.FromResult(Seen(chat, null));

    public override async Task ReconnectAsync()
    {
        var opened = slack.Server.Sockets.Opened;
        slack.Server.Sockets.Cut();
        await Until.TrueAsync(() => slack.Server.Sockets.Opened > opened);
    }

    public override Task StopReadingAsync()
    {
        foreach (var link in slack.Server.Sockets.Open) link.Freeze();
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => slack.DisposeAsync();

    private IReadOnlyList<SeenMessage> Seen(string chat, string? thread) =>
        [.. slack.Server.Workspace.In(chat).Where(p => p.File is null && p.Thread == thread).Select(p => new SeenMessage(p.Ts, p.Shown, [.. p.Buttons.Select(b => b["value"]!.GetValue<string>())]))];

    private string StampOf(string id) => stamps.GetOrAdd(id, _ => string.Create(CultureInfo.InvariantCulture, $"1700000{Interlocked.Increment(ref counter):000}.000100"));

    private bool IsOver => slack.Channel.Health!.Summary == "The channel is stopped.";

    // The suite begins to deliver as soon as the channel runs, and when it has ended; Slack may then still believe in the connection for a moment.
    private async Task<bool> IsConnectedAsync()
    {
        await Until.TrueAsync(() => slack.Server.Sockets.Open.Count > 0 || IsOver);
        return !IsOver;
    }

    private JsonObject Press(PlatformEvent happened, string actionTs)
    {
        var post = slack.Server.Workspace.In(happened.Chat).First(p => p.Buttons.Any(b => b["value"]!.GetValue<string>() == happened.Text));
        return SlackSaid.Press(post.Buttons.First(b => b["value"]!.GetValue<string>() == happened.Text), post, happened.User, slack.Server.NewTrigger(), actionTs);
    }
}
