using ChatOps.Channels;
using ChatOps.Messages;
using Xunit;

namespace ChatOps.Testing.Channels;

/// <summary>
/// What every channel must do, whatever its platform. A channel's tests derive from it and give a <see cref="ChannelUnderTest"/>; a platform that cannot do something
/// declares so in its capabilities, and the tests hold it to that.
/// </summary>
public abstract class ChannelConformance : IAsyncLifetime
{
    // A platform may keep a question for up to fifty seconds; stopping does not wait for it.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(25);

    private readonly ConformanceInbox inbox = new();
    private readonly CancellationTokenSource stop = new();
    private ChannelUnderTest subject = null!;
    private Task running = Task.CompletedTask;

    private IChannel Channel => subject.Channel;

    /// <summary>Makes the channel around an inbox, its platform ready.</summary>
    protected abstract Task<ChannelUnderTest> CreateAsync(IInbox inbox);

    public async ValueTask InitializeAsync()
    {
        subject = await CreateAsync(inbox);
        running = Task.Run(() => Channel.RunAsync(stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await subject.DisposeAsync();
        stop.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Its_name_is_a_plain_word() => Assert.Matches("^[a-z][a-z0-9]{1,19}$", Channel.Name);

    [Fact]
    public async Task What_it_hands_in_says_where_from_who_and_under_which_key()
    {
        await subject.DeliverAsync(Text("e1", "c1", "/status"));
        var message = Assert.Single(inbox.Accepted);
        Assert.Equal((Channel.Name, Channel.Name, subject.IdOf("c1"), subject.IdOf("u1"), "/status"),
            (message.Conversation.Channel, message.Actor.Channel, message.Conversation.Chat, message.Actor.UserId, message.Text));
        Assert.StartsWith(Channel.Name + ":", message.PlatformKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_the_platform_delivers_four_times_is_accepted_once_and_acknowledged_each_time()
    {
        for (var i = 0; i < 4; i++) Assert.True((await subject.DeliverAsync(Text("e1", "c1", "/status"))).Acknowledged);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => subject.DeliverAsync(Text("e2", "c1", "/nodes"))));
        Assert.Equal(["/status", "/nodes"], inbox.Accepted.Select(m => m.Text));
    }

    [Fact]
    public async Task The_platform_is_acknowledged_after_the_commit_and_not_before()
    {
        var commit = new TaskCompletionSource();
        inbox.Commit = commit.Task;
        var answer = subject.DeliverAsync(Text("e1", "c1", "/status"));
        await Until.TrueAsync(() => inbox.Asked == 1);
        Assert.False(answer.IsCompleted);
        commit.SetResult();
        Assert.True((await answer).Acknowledged);
    }

    [Fact]
    public async Task What_the_store_cannot_take_is_not_acknowledged_and_taken_when_it_comes_again()
    {
        inbox.Away = "The disk is full.";
        Assert.False((await subject.DeliverAsync(Text("e1", "c1", "/status"))).Acknowledged);
        inbox.Away = null;
        Assert.True((await subject.DeliverAsync(Text("e1", "c1", "/status"))).Acknowledged);
        Assert.Single(inbox.Accepted);
    }

    [Fact]
    public async Task What_comes_in_one_after_the_other_is_handed_in_so()
    {
        for (var i = 0; i < 100; i++) await subject.DeliverAsync(Text($"e{i}", "c1", $"/m{i}"));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"/m{i}"), inbox.Accepted.Select(m => m.Text));
    }

    [Theory]
    [InlineData((64 * 1024) + 1)]
    [InlineData(1024 * 1024)]
    public async Task A_text_that_is_too_long_is_refused_with_a_sentence(int length)
    {
        var answer = await subject.DeliverAsync(Text("e1", "c1", new string('x', length)));
        Assert.Contains("too long", answer.Told, StringComparison.Ordinal);
        Assert.Empty(inbox.Accepted);
    }

    [Theory]
    [InlineData("/run echo \u0000\u0007\u001b[31mred\u001b]0;title\u0007")]
    [InlineData("/run echo \u202egnp.exe\u2066 \u200b\ufeff")]
    [InlineData("/run echo \ud800 lone")]
    [InlineData("<script>alert(1)</script> @everyone <!channel> ```")]
    public async Task Hostile_text_comes_in_as_text_and_goes_out_without_harm(string text)
    {
        await subject.DeliverAsync(Text("e1", "c1", text));
        Assert.Single(inbox.Accepted);
        var result = await SendAsync(Outbound("c1", new RichMessage([new CodeBlock(text, text), new FieldsBlock([new Field(text, text)])])));
        Assert.Equal(SendStatus.Sent, result.Status);
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Count == 1);
    }

    [Fact]
    public async Task What_is_sent_is_seen_in_order_under_the_platforms_ids()
    {
        var results = new List<SendResult>();
        for (var i = 0; i < 50; i++) results.Add(await SendAsync(Outbound("c1", RichMessage.Text($"m{i}"))));
        Assert.All(results, r => Assert.Equal(SendStatus.Sent, r.Status));
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Count == 50);
        var seen = await subject.SeenAsync("c1");
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"m{i}"), seen.Select(m => m.Text.Trim()));
        Assert.Equal(results.Select(r => r.PlatformId), seen.Select(m => m.PlatformId));
    }

    [Fact]
    public async Task Chats_do_not_see_each_other()
    {
        await SendAsync(Outbound("c1", RichMessage.Text("one")));
        await SendAsync(Outbound("c2", RichMessage.Text("two")));
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Count == 1 && (await subject.SeenAsync("c2")).Count == 1);
        Assert.Equal("one", (await subject.SeenAsync("c1"))[0].Text.Trim());
        Assert.Equal("two", (await subject.SeenAsync("c2"))[0].Text.Trim());
    }

    [Fact]
    public async Task An_edit_replaces_what_is_seen()
    {
        var first = Outbound("c1", RichMessage.Text("old"));
        var sent = await SendAsync(first);
        var edit = first with { OutboxId = Some.Unique(), Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId, Content = RichMessage.Text("new") };
        Assert.Equal(SendStatus.Sent, (await SendAsync(edit)).Status);
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")) is [{ Text: var text }] && text.Trim() == "new");
    }

    [Fact]
    public async Task A_deleted_message_is_seen_no_more()
    {
        var first = Outbound("c1", RichMessage.Text("old"));
        var sent = await SendAsync(first);
        await SendAsync(Outbound("c1", RichMessage.Text("stays")));
        var delete = first with { OutboxId = Some.Unique(), Operation = OutboundOperation.Delete, PlatformId = sent.PlatformId, Content = new RichMessage([]) };
        Assert.Equal(SendStatus.Sent, (await SendAsync(delete)).Status);
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")) is [{ Text: var text }] && text.Trim() == "stays");
    }

    [Fact]
    public async Task A_button_carries_its_token_out_and_back()
    {
        var token = new string('T', 40);
        await SendAsync(Outbound("c1", new RichMessage([new TextBlock("Restart?"), new ActionsBlock([new MessageAction(token, "Restart 3 nodes", ActionStyle.Danger)])])));
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Count == 1);
        Assert.Equal([token], (await subject.SeenAsync("c1"))[0].Tokens);
        Assert.True((await subject.DeliverAsync(new PlatformEvent("press1", "c1", "u1", InboundKind.Action, token))).Acknowledged);
        var press = Assert.Single(inbox.Accepted);
        Assert.Equal((InboundKind.Action, token), (press.Kind, press.Text));
    }

    [Fact]
    public async Task Nothing_of_a_long_text_is_lost_and_its_order_stays()
    {
        var words = Enumerable.Range(0, 900).Select(i => $"word{i}").ToList();
        var content = new RichMessage([new TextBlock(string.Join(' ', words.Take(450)) + "\n" + string.Join(' ', words.Skip(450)))]);
        Assert.Equal(SendStatus.Sent, (await SendUntilTakenAsync(Outbound("c1", content))).Status);
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Any(m => m.Text.Contains(words[^1], StringComparison.Ordinal)));
        var seen = string.Join(' ', (await subject.SeenAsync("c1")).Select(m => m.Text));
        Assert.Equal(words, seen.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.StartsWith("word", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_a_long_output_at_least_the_beginning_and_the_end_are_seen()
    {
        var output = string.Join('\n', Enumerable.Range(0, 2000).Select(i => $"line-{i:0000}"));
        Assert.Equal(SendStatus.Sent, (await SendUntilTakenAsync(Outbound("c1", new RichMessage([new CodeBlock(output, "web-1")])))).Status);
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Any(m => m.Text.Contains("line-1999", StringComparison.Ordinal)));
        Assert.Contains(await subject.SeenAsync("c1"), m => m.Text.Contains("line-0000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Too_many_requests_are_not_sent_and_the_platforms_time_is_told_and_kept()
    {
        var message = Outbound("c1", RichMessage.Text("later"));
        if (!subject.Limit(TimeSpan.FromSeconds(2)))
        {
            // A platform without limits has no reason to put anything off.
            var all = new List<SendResult>();
            for (var i = 0; i < 1000; i++) all.Add(await SendAsync(Outbound("c1", RichMessage.Text($"m{i}"))));
            Assert.All(all, r => Assert.Equal(SendStatus.Sent, r.Status));
            return;
        }

        var limited = await SendAsync(message);
        Assert.Equal(SendStatus.Retry, limited.Status);
        Assert.True(limited.RetryAfter >= TimeSpan.FromSeconds(1), $"The platform asked for two seconds; told was {limited.RetryAfter}.");
        Assert.Equal(SendStatus.Sent, (await SendUntilTakenAsync(message)).Status);
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Count == 1);
        Assert.Empty(subject.Violations);
    }

    [Fact]
    public async Task A_file_without_a_word_comes_in_and_can_be_fetched_within_its_bound()
    {
        var content = new byte[5000];
        Random.Shared.NextBytes(content);
        if (await subject.DeliverFileAsync("f1", "c1", "u1", "notes.bin", content) is not { } answer)
        {
            await HasNoFilesAsync();
            return;
        }

        Assert.True(answer.Acknowledged);
        var message = Assert.Single(inbox.Accepted);
        var file = Assert.Single(message.Context.Files);
        Assert.Equal(("", "notes.bin", (long?)content.Length), (message.Text, file.Name, file.Bytes));
        using var fetched = new MemoryStream();
        Assert.Equal(FileFetchStatus.Fetched, (await Channel.FetchFileAsync(file, fetched, content.Length, CancellationToken.None)).Status);
        Assert.Equal(content, fetched.ToArray());
        Assert.Equal(FileFetchStatus.TooLarge, (await Channel.FetchFileAsync(file, Stream.Null, content.Length - 1, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task A_thread_is_a_conversation_of_its_own()
    {
        var answer = await subject.DeliverInThreadAsync(Text("t1", "c1", "/status"));
        Assert.Equal(Channel.Capabilities.Threads, answer is not null);
        if (answer is null)
        {
            await subject.DeliverAsync(Text("e1", "c1", "/status"));
            Assert.Equal(subject.Conversation("c1"), Assert.Single(inbox.Accepted).Conversation);
            return;
        }

        Assert.True(answer.Acknowledged);
        var said = Assert.Single(inbox.Accepted);
        Assert.Equal("/status", said.Text);
        Assert.NotEqual("", said.Conversation.Thread);
        Assert.Equal(SendStatus.Sent, (await SendUntilTakenAsync(Some.Outbound(said.Conversation, RichMessage.Text("inside")))).Status);
        Assert.Equal(SendStatus.Sent, (await SendUntilTakenAsync(Some.Outbound(said.Conversation with { Thread = "" }, RichMessage.Text("outside")))).Status);
        Assert.Equal(["inside"], (await subject.SeenInThreadAsync(said.Conversation)).Select(m => m.Text.Trim()));
    }

    [Fact]
    public async Task A_step_is_repeated_without_harm_or_its_unknown_end_is_told_and_it_is_there_once()
    {
        var message = Outbound("c1", RichMessage.Text("once"));
        if (Channel.Capabilities.IdempotentSends)
        {
            var first = await SendAsync(message);
            Assert.Equal(first, await SendAsync(message));
        }
        else
        {
            Assert.True(subject.LoseAnswer(), "A channel whose answers cannot be lost must claim that its sends may be repeated.");
            Assert.Equal(SendStatus.Ambiguous, (await SendAsync(message)).Status);
        }

        await SendAsync(Outbound("c1", RichMessage.Text("after")));
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Any(m => m.Text.Trim() == "after"));
        Assert.Equal(["once", "after"], (await subject.SeenAsync("c1")).Select(m => m.Text.Trim()));
    }

    [Fact]
    public async Task A_reader_that_does_not_read_holds_up_nobody_and_misses_nothing_that_lasts()
    {
        var message = Outbound("c1", RichMessage.Text("started"));
        var sent = await SendAsync(message);
        await subject.StopReadingAsync();
        await Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++) Channel.ShowProgress(message.Conversation, message.MessageId, sent.PlatformId, RichMessage.Text($"{i}"));
        }).WaitAsync(Until.Limit); // Else it waits for the reader, who does not come before it.
        var later = Enumerable.Range(0, 400).Select(i => Outbound("c1", RichMessage.Text($"m{i}"))).ToList();
        foreach (var next in later) Assert.Equal(SendStatus.Sent, (await SendUntilTakenAsync(next)).Status);
        await subject.ReconnectAsync();
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Count == 401);
        Assert.Equal(later.Select(m => ((TextBlock)m.Content.Blocks[0]).Markdown), (await subject.SeenAsync("c1")).Skip(1).Select(m => m.Text.Trim()));
    }

    [Fact]
    public async Task After_a_broken_connection_it_goes_on_in_both_directions_with_nothing_lost_or_doubled()
    {
        await SendAsync(Outbound("c1", RichMessage.Text("before")));
        await subject.DeliverAsync(Text("e1", "c1", "/one"));
        await subject.ReconnectAsync();
        await subject.DeliverAsync(Text("e1", "c1", "/one"));
        await subject.DeliverAsync(Text("e2", "c1", "/two"));
        await SendAsync(Outbound("c1", RichMessage.Text("after")));
        await Until.TrueAsync(async () => (await subject.SeenAsync("c1")).Count == 2);
        Assert.Equal(["before", "after"], (await subject.SeenAsync("c1")).Select(m => m.Text.Trim()));
        Assert.Equal(["/one", "/two"], inbox.Accepted.Select(m => m.Text));
    }

    [Fact]
    public async Task It_stops_soon_when_told_and_takes_nothing_in_afterwards()
    {
        await subject.DeliverAsync(Text("e1", "c1", "/status"));
        await stop.CancelAsync();
        await running.WaitAsync(StopLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(running.IsCompletedSuccessfully || running.IsCanceled, "Stopping is not a failure.");
        Assert.False((await subject.DeliverAsync(Text("e2", "c1", "/late"))).Acknowledged);
        Assert.Equal(["/status"], inbox.Accepted.Select(m => m.Text));
    }

    private async Task HasNoFilesAsync()
    {
        using var fetched = new MemoryStream();
        var fetch = await Channel.FetchFileAsync(new InboundFile(InboundFileKind.Document, "f1", "notes.bin"), fetched, 5000, CancellationToken.None);
        Assert.Equal((FileFetchStatus.Gone, 0L), (fetch.Status, fetched.Length));
        Assert.Contains("no files", fetch.Reason, StringComparison.Ordinal);
    }

    private static PlatformEvent Text(string id, string chat, string text) => new(id, chat, "u1", InboundKind.Text, text);

    private OutboundMessage Outbound(string chat, RichMessage content) => Some.Outbound(subject.Conversation(chat), content);

    // As delivery does it: not before the time that was asked for, and with the parts that did arrive.
    private async Task<SendResult> SendUntilTakenAsync(OutboundMessage message)
    {
        while (true)
        {
            var result = await SendAsync(message);
            if (result.Status != SendStatus.Retry) return result;
            message = message with { PlatformId = result.PlatformId ?? message.PlatformId };
            await Task.Delay(result.RetryAfter ?? TimeSpan.FromMilliseconds(100));
        }
    }

    private Task<SendResult> SendAsync(OutboundMessage message)
    {
        subject.Stored(message);
        return Channel.SendAsync(message, CancellationToken.None);
    }
}
