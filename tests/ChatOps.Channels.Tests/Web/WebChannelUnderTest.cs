using System.Collections.Concurrent;
using ChatOps.Channels.Web;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Channels.Tests.Web;

/// <summary>The web channel with browsers that, like the console, show what they were told to read, and read everything when they begin to look.</summary>
internal sealed class WebChannelUnderTest : ChannelUnderTest
{
    private readonly ConcurrentDictionary<string, Browser> browsers = new();
    private readonly List<OutboundMessage> stored = [];
    private readonly ProgressPace pace;
    private readonly WebChannel channel;

    public WebChannelUnderTest(IInbox inbox)
    {
        var options = new WebOptions();
        pace = new ProgressPace(options, TimeProvider.System);
        var readers = new WebReaders(options);
        channel = new WebChannel(inbox, readers, new WebNews(readers, new LoneGateway(), new(() => new FakeMessageBus())), pace, NullLogger<WebChannel>.Instance);
    }

    public override IChannel Channel => channel;

    public override async Task<PlatformAnswer> DeliverAsync(PlatformEvent happened)
    {
        var receipt = await channel.AcceptAsync(
            new Actor("web", "", happened.User, happened.User), happened.Chat, happened.Id, happened.Kind, happened.Text, CancellationToken.None);
        return new PlatformAnswer(receipt.Status != InboxStatus.Refused, receipt.Reason);
    }

    public override void Stored(OutboundMessage message)
    {
        _ = BrowserOf(message.Conversation.Chat);
        lock (stored)
        {
            var index = stored.FindIndex(m => m.MessageId == message.MessageId);
            if (message.Operation == OutboundOperation.Delete) stored.RemoveAt(index);
            else if (index < 0) stored.Add(message);
            else stored[index] = message;
        }
    }

    public override Task<IReadOnlyList<SeenMessage>> SeenAsync(string chat) => Task.FromResult(BrowserOf(chat).Seen);

    public override Task StopReadingAsync()
    {
        foreach (var browser in browsers.Values) browser.Reads = false;
        return Task.CompletedTask;
    }

    public override async Task ReconnectAsync()
    {
        foreach (var chat in browsers.Keys)
        {
            browsers.TryRemove(chat, out var browser);
            await browser!.DisposeAsync();
            _ = BrowserOf(chat);
        }
    }

    // A send ends in the store: there is nobody who could limit it, and no answer on the way.
    public override bool Limit(TimeSpan retryAfter) => false;

    public override bool LoseAnswer() => false;

    public override Task<PlatformAnswer?> DeliverFileAsync(string id, string chat, string user, string name, byte[] content) => Task.FromResult<PlatformAnswer?>(null);

    public override Task<PlatformAnswer?> DeliverInThreadAsync(PlatformEvent happened) => Task.FromResult<PlatformAnswer?>(null);

    public override Task<IReadOnlyList<SeenMessage>> SeenInThreadAsync(ConversationKey conversation) => throw new NotSupportedException("The console has no threads.");

    public override async ValueTask DisposeAsync()
    {
        foreach (var browser in browsers.Values) await browser.DisposeAsync();
        pace.Dispose();
    }

    private Browser BrowserOf(string chat) => browsers.GetOrAdd(chat, c => new Browser(channel, c, Read));

    private OutboundMessage[] Read(string chat)
    {
        lock (stored) return [.. stored.Where(m => m.Conversation.Chat == chat)];
    }
}
