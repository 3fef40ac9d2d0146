using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Channels;

namespace ChatOps.Tests.Bus;

public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly TempDirectory directory = new();
    private readonly FakeChannel channel = new();
    private readonly RecordingHandler<ThreadSettled> settled = new();
    private BusHarness harness = null!;

    public async ValueTask InitializeAsync() => harness = await BusHarness.StartAsync(directory, TimeProvider.System, [channel], settled.AddTo);

    public async ValueTask DisposeAsync()
    {
        await harness.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task A_reply_reaches_its_channel_and_its_platform_id_is_kept_for_edits()
    {
        var conversation = Some.Conversation();
        var id = await harness.PostAsync(conversation, "first");
        await SentAsync(1);
        await harness.Store.WriteAsync(s => { harness.Replies.Edit(s, id, RichMessage.Text("second"), ReplyPriority.Result); return true; }, CancellationToken.None);
        await SentAsync(2);
        Assert.Equal([OutboundOperation.Send, OutboundOperation.Edit], channel.Calls.Select(c => c.Operation));
        Assert.Equal([null, "p-" + id], channel.Calls.Select(c => c.PlatformId));
        Assert.Equal(["first", "second"], channel.Texts(conversation));
        Assert.Equal("p-" + id, (await harness.Store.ReadAsync(s => s.Outbox.FindMessage(id), CancellationToken.None))!.PlatformId);
    }

    [Theory]
    [InlineData("fake/c/t1")]
    [InlineData(null)]
    public async Task The_thread_that_a_message_opened_is_kept_with_it_and_told_and_so_is_that_there_is_none(string? thread)
    {
        channel.OnSend = (message, _) => Task.FromResult(new SendResult(SendStatus.Sent, "p1") { Thread = message.ThreadTitle is null || thread is null ? null : ConversationKey.Parse(thread) });
        var id = await harness.Store.WriteAsync(s => harness.Replies.PostOpening(s, new ConversationKey("fake", "c"), RichMessage.Text("found"), ReplyPriority.Result, "Incident 7F3K2M"), CancellationToken.None);

        await Until.TrueAsync(() => !settled.Seen.IsEmpty);
        Assert.Equal([id], settled.Seen.Select(s => s.MessageId));
        Assert.Equal("Incident 7F3K2M", Assert.Single(channel.Calls).ThreadTitle);
        Assert.Equal(thread ?? "", (await harness.Store.ReadAsync(s => s.Outbox.FindMessage(id), CancellationToken.None))!.Thread);
        await harness.Store.WriteAsync(s => { harness.Replies.Edit(s, id, RichMessage.Text("well"), ReplyPriority.Result); return true; }, CancellationToken.None);
        await SentAsync(2);
        Assert.Null(channel.Calls[1].ThreadTitle);
    }

    [Fact]
    public async Task Nothing_is_delivered_of_a_transaction_that_fails()
    {
        var conversation = Some.Conversation();
        await Assert.ThrowsAsync<InvalidOperationException>(() => harness.Store.WriteAsync<bool>(session =>
        {
            harness.Replies.Post(session, conversation, RichMessage.Text("never"), ReplyPriority.Result, null);
            throw new InvalidOperationException("the reason for the message failed");
        }, CancellationToken.None));
        await harness.PostAsync(conversation, "after");
        await SentAsync(1);
        Assert.Equal(["after"], channel.Texts(conversation));
    }

    [Fact]
    public async Task Five_hundred_messages_of_a_conversation_arrive_in_order_whatever_the_delays()
    {
        var conversation = Some.Conversation();
        var delays = new Random(11);
        channel.OnSend = async (message, token) =>
        {
            int wait;
            lock (delays) wait = delays.Next(4);
            if (wait > 0) await Task.Delay(wait, token);
            return new SendResult(SendStatus.Sent, message.MessageId);
        };
        for (var i = 0; i < 500; i++) await harness.PostAsync(conversation, $"m{i}");
        await SentAsync(500);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"m{i}"), channel.Texts(conversation));
    }

    [Fact]
    public async Task Many_conversations_are_in_order_each_and_one_that_hangs_blocks_none()
    {
        var hanging = Some.Conversation(chat: "hanging");
        var release = new TaskCompletionSource();
        channel.OnSend = async (message, _) =>
        {
            if (message.Conversation == hanging) await release.Task;
            return new SendResult(SendStatus.Sent, message.MessageId);
        };
        await harness.PostAsync(hanging, "slow");
        await harness.PostAsync(hanging, "slow too");
        var others = Enumerable.Range(0, 40).Select(i => Some.Conversation(chat: $"quick{i}")).ToList();
        await Parallel.ForEachAsync(others, async (conversation, _) =>
        {
            for (var i = 0; i < 10; i++) await harness.PostAsync(conversation, $"m{i}");
        });
        await SentAsync(400);
        foreach (var conversation in others) Assert.Equal(Enumerable.Range(0, 10).Select(i => $"m{i}"), channel.Texts(conversation));
        Assert.Equal(["slow"], channel.Texts(hanging));
        release.SetResult();
        await SentAsync(402);
        Assert.Equal(["slow", "slow too"], channel.Texts(hanging));
    }

    [Fact]
    public async Task Only_one_send_of_a_conversation_is_under_way_however_often_it_is_woken()
    {
        var conversation = Some.Conversation();
        var inside = 0;
        var most = 0;
        channel.OnSend = async (message, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Delay(1, token);
            Interlocked.Decrement(ref inside);
            return new SendResult(SendStatus.Sent, message.MessageId);
        };
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (i, token) =>
        {
            await harness.PostAsync(conversation, $"m{i}");
            await harness.Bus.PublishAsync(new Deliver(conversation.Id), token);
            await harness.Bus.PublishAsync(new Deliver(conversation.Id), token);
        });
        await SentAsync(100);
        Assert.Equal((1, 100), (most, channel.Calls.Count));
    }

    [Fact]
    public async Task An_edit_that_is_committed_while_its_message_is_being_sent_follows_it()
    {
        var conversation = Some.Conversation();
        var (id, release) = await PostHeldAsync(conversation, "old");
        foreach (var text in new[] { "newer", "newest" })
            await harness.Store.WriteAsync(s => { harness.Replies.Edit(s, id, RichMessage.Text(text), ReplyPriority.Progress); return true; }, CancellationToken.None);
        release.SetResult();
        await SentAsync(2);
        Assert.Equal(["old", "newest"], channel.Texts(conversation));
        Assert.Equal("p1", channel.Calls[1].PlatformId);
    }

    [Fact]
    public async Task What_the_platform_rejects_is_a_dead_letter_with_its_reason_and_the_next_goes_on()
    {
        var conversation = Some.Conversation();
        channel.OnSend = (message, _) => Task.FromResult(message.Content.Blocks is [TextBlock { Markdown: "bad" }]
            ? new SendResult(SendStatus.Rejected, Reason: "The chat was deleted.")
            : new SendResult(SendStatus.Sent, message.MessageId));
        await harness.PostAsync(conversation, "bad");
        await harness.PostAsync(conversation, "good");
        await SentAsync(1);
        Assert.Equal("The chat was deleted.", Assert.Single(await harness.StepsAsync(OutboxState.Failed)).Error);
        Assert.Equal(["bad", "good"], channel.Texts(conversation));
    }

    [Fact]
    public async Task A_message_for_a_channel_that_is_not_enabled_is_a_dead_letter_that_says_so()
    {
        await harness.PostAsync(Some.Conversation("telegram"), "hello");
        await Until.TrueAsync(async () => (await harness.StepsAsync(OutboxState.Failed)).Count == 1);
        Assert.Contains("'telegram' is not enabled", (await harness.StepsAsync(OutboxState.Failed))[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_edit_of_a_message_that_was_never_delivered_goes_out_as_a_new_one()
    {
        var conversation = Some.Conversation();
        channel.OnSend = (message, _) => Task.FromResult(channel.Calls.Count == 1
            ? new SendResult(SendStatus.Rejected, Reason: "No.")
            : new SendResult(SendStatus.Sent, "p2"));
        var id = await harness.PostAsync(conversation, "lost");
        await Until.TrueAsync(async () => (await harness.StepsAsync(OutboxState.Failed)).Count == 1);
        await harness.Store.WriteAsync(s => { harness.Replies.Edit(s, id, RichMessage.Text("found"), ReplyPriority.Result); return true; }, CancellationToken.None);
        await SentAsync(1);
        Assert.Equal((OutboundOperation.Send, "found"), (channel.Calls[1].Operation, channel.Texts(conversation)[1]));
    }

    [Fact]
    public async Task Progress_goes_straight_to_the_channel_with_the_platform_id_once_it_is_known()
    {
        var conversation = Some.Conversation();
        var id = await harness.PostAsync(conversation, "running");
        await SentAsync(1);
        harness.Replies.ShowProgress(id, conversation, RichMessage.Text("50 %"));
        Assert.Equal((id, "p-" + id), Assert.Single(channel.Progress.Select(p => (p.MessageId, p.PlatformId))));
    }

    [Fact]
    public async Task Progress_that_comes_while_its_message_is_being_sent_waits_until_it_stands_there()
    {
        var conversation = Some.Conversation();
        var (id, release) = await PostHeldAsync(conversation, "running");
        foreach (var text in new[] { "10 %", "20 %" }) harness.Replies.ShowProgress(id, conversation, RichMessage.Text(text));
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.Empty(channel.Progress);
        release.SetResult();
        await Until.TrueAsync(() => channel.Progress.Count > 0);
        Assert.Equal((id, "p1", "20 %"), Assert.Single(channel.Progress.Select(p => (p.MessageId, p.PlatformId, ((TextBlock)p.Content.Blocks[0]).Markdown))));
    }

    // A message that is being sent until it is let go; the platform calls it p1 then.
    private async Task<(string Id, TaskCompletionSource Release)> PostHeldAsync(ConversationKey conversation, string text)
    {
        var (sending, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        channel.OnSend = async (_, _) =>
        {
            sending.TrySetResult();
            await release.Task;
            return new SendResult(SendStatus.Sent, "p1");
        };
        var id = await harness.PostAsync(conversation, text);
        await sending.Task;
        return (id, release);
    }

    private Task SentAsync(int count) => Until.TrueAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == count, what: $"{count} sent");
}
