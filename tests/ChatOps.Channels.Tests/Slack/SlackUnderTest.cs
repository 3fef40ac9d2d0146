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
    private readonly ConcurrentDictionary<string, string> stamps = new();
    private int counter;

    public override IChannel Channel => slack.Channel;

    public static async Task<ChannelUnderTest> CreateAsync(IInbox inbox)
    {
        var slack = await SlackHarness.CreateAsync(given: inbox, prepare: server =>
        {
            (server.Sockets.AckLimit, server.Sockets.Redeliveries) = (TimeSpan.FromSeconds(1.5), 0);
            server.Workspace.WithPerson("u1", "ada");
            foreach (var chat in new[] { "c1", "c2" }) server.Workspace.Rooms[chat] = new SlackRoom(chat, "directmessage", IsDirect: true, ["u1", "U0BOT"]);
        });
        return new SlackUnderTest(slack);
    }

    public override async Task<PlatformAnswer> DeliverAsync(PlatformEvent happened)
    {
        var ts = stamps.GetOrAdd(happened.Id, _ => string.Create(CultureInfo.InvariantCulture, $"1700000{Interlocked.Increment(ref counter):000}.000100"));
        if (!await IsConnectedAsync()) return new PlatformAnswer(false);
        var before = slack.Server.Workspace.In(happened.Chat).Count;
        var ack = happened.Kind == InboundKind.Text
            ? await slack.HearAsync(SlackSaid.Direct(happened.Text, ts, happened.Chat, happened.User))
            : await slack.Server.Sockets.DeliverAsync("interactive", Press(happened, ts));
        if (!ack.Acknowledged || happened.Text.Length <= InboundMessage.MaxTextLength) return new PlatformAnswer(ack.Acknowledged);
        await Until.TrueAsync(() => slack.Server.Workspace.In(happened.Chat).Count > before);
        return new PlatformAnswer(true, slack.Server.Workspace.In(happened.Chat)[^1].Shown);
    }

    public override Task<IReadOnlyList<SeenMessage>> SeenAsync(string chat) => Task.FromResult<IReadOnlyList<SeenMessage>>(
        [.. slack.Server.Workspace.In(chat).Where(p => p.File is null).Select(p => new SeenMessage(p.Ts, p.Shown, [.. p.Buttons.Select(b => b["value"]!.GetValue<string>())]))]);

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

    // The suite begins to deliver as soon as the channel runs, and when it has ended.
    private async Task<bool> IsConnectedAsync()
    {
        await Until.TrueAsync(() => slack.Server.Sockets.Open.Count > 0 || slack.Channel.Health!.Summary == "The channel is stopped.");
        return slack.Server.Sockets.Open.Count > 0;
    }

    private JsonObject Press(PlatformEvent happened, string actionTs)
    {
        var post = slack.Server.Workspace.In(happened.Chat).First(p => p.Buttons.Any(b => b["value"]!.GetValue<string>() == happened.Text));
        return SlackSaid.Press(post.Buttons.First(b => b["value"]!.GetValue<string>() == happened.Text), post, happened.User, slack.Server.NewTrigger(), actionTs);
    }
}
