using ChatOps.Channels.Web;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Channels.Tests.Web;

public sealed class WebChannelTests : IAsyncDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly ConformanceInbox inbox = new();
    private readonly WebOptions options = new() { MaxReadersPerChat = 2 };
    private readonly CancellationTokenSource closing = new();
    private readonly ProgressPace pace;
    private readonly WebChannel channel;

    public WebChannelTests()
    {
        pace = new ProgressPace(options, clock);
        var readers = new WebReaders(options);
        channel = new WebChannel(inbox, readers, new WebNews(readers, new LoneGateway(), new(() => new FakeMessageBus())), pace, NullLogger<WebChannel>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        pace.Dispose();
        closing.Dispose();
    }

    [Fact]
    public async Task The_same_id_from_two_people_is_two_messages()
    {
        Assert.Equal(InboxStatus.Accepted, (await AcceptAsync("ada", "1")).Status);
        Assert.Equal(InboxStatus.Accepted, (await AcceptAsync("eve", "1")).Status);
        Assert.Equal(InboxStatus.Duplicate, (await AcceptAsync("ada", "1")).Status);
        Assert.Equal(["ada", "eve"], inbox.Accepted.Select(m => m.Owner));
    }

    [Fact]
    public async Task A_name_with_a_colon_cannot_be_taken_for_another_name_and_id()
    {
        await AcceptAsync("a:b", "c");
        await AcceptAsync("a", "b:c");
        Assert.Equal(2, inbox.Accepted.Count);
    }

    [Fact]
    public async Task An_identity_of_another_channel_is_a_bug_of_the_caller() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            channel.AcceptAsync(new Actor("telegram", "", "1"), "c1", "1", InboundKind.Text, "/status", CancellationToken.None));

    [Fact]
    public async Task A_lasting_change_wipes_out_the_passing_states_before_it()
    {
        var reader = Watch("c1", out var next);
        ShowProgress("m1", "10 %");
        ShowProgress("m1", "20 %");
        await SendAsync("m1");
        clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync("m2");

        // The reader may have been handed the first state at once; nothing passing may follow the lasting one, also not what waited for its time.
        var events = new List<WebChatEvent>();
        while (events.Count == 0 || events[^1].Id != "m2")
        {
            Assert.True(await next);
            events.Add(reader.Current);
            next = reader.MoveNextAsync().AsTask();
        }

        Assert.Equal([(WebChatEventKind.MessageChanged, "m1"), (WebChatEventKind.MessageChanged, "m2")],
            events.SkipWhile(e => e.Kind == WebChatEventKind.Progress).Select(e => (e.Kind, e.Id)));
    }

    [Fact]
    public async Task Changes_of_other_chats_and_channels_are_not_told()
    {
        var reader = Watch("c1", out var next);
        await SendAsync("m1", "c2");
        channel.Changed("i1", new ConversationKey("telegram", "c1"));
        channel.Changed("i2", WebInbound.Conversation("c1"));
        Assert.True(await next);
        Assert.Equal(new WebChatEvent(WebChatEventKind.InboundChanged, "i2"), reader.Current);
    }

    [Fact]
    public async Task One_reader_too_many_ends_the_one_that_has_looked_longest()
    {
        var first = Watch("c1", out var firstNext);
        var second = Watch("c1", out var secondNext);
        var third = Watch("c1", out var thirdNext);
        Assert.False(await firstNext);
        await SendAsync("m1");
        Assert.True(await secondNext);
        Assert.True(await thirdNext);
    }

    [Fact]
    public async Task Stopping_ends_every_watch_and_refuses_with_a_sentence_until_it_runs_again()
    {
        using var stop = new CancellationTokenSource();
        var running = channel.RunAsync(stop.Token);
        var reader = Watch("c1", out var next);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(await next);
        var late = Watch("c1", out var lateNext);
        Assert.False(await lateNext);
        Assert.Contains("stopping", (await AcceptAsync("ada", "1")).Reason, StringComparison.Ordinal);
        _ = channel.RunAsync(closing.Token);
        Assert.Equal(InboxStatus.Accepted, (await AcceptAsync("ada", "1")).Status);
    }

    [Fact]
    public void Passing_states_of_a_chat_that_nobody_looks_at_cost_no_timer()
    {
        ShowProgress("m1", "10 %");
        Assert.Equal(0, clock.WaitingTimers);
    }

    private Task<InboxReceipt> AcceptAsync(string user, string id) =>
        channel.AcceptAsync(new Actor("web", "", user), "c1", id, InboundKind.Text, "/status", CancellationToken.None);

    private Task SendAsync(string messageId, string chat = "c1") =>
        channel.SendAsync(Some.Outbound(WebInbound.Conversation(chat), RichMessage.Text("x"), messageId: messageId), CancellationToken.None);

    private void ShowProgress(string messageId, string text) => channel.ShowProgress(WebInbound.Conversation("c1"), messageId, null, RichMessage.Text(text));

    private IAsyncEnumerator<WebChatEvent> Watch(string chat, out Task<bool> next)
    {
        var reader = channel.WatchAsync(chat, closing.Token).GetAsyncEnumerator(closing.Token);
        next = reader.MoveNextAsync().AsTask();
        return reader;
    }
}
