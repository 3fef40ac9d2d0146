using ChatOps.Bus;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Bus;

public sealed class DeliveryRetryTests : IAsyncDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FakeTimeProvider clock = new();
    private readonly ConversationKey conversation = Some.Conversation();
    private BusHarness? harness;

    public async ValueTask DisposeAsync()
    {
        if (harness is not null) await harness.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task No_call_comes_before_the_platforms_deadline_and_the_order_is_kept()
    {
        var channel = await StartAsync(new FakeChannel());
        var times = new List<DateTimeOffset>();
        channel.OnSend = (message, _) =>
        {
            times.Add(clock.GetUtcNow());
            return Task.FromResult(times.Count <= 2
                ? new SendResult(SendStatus.Retry, RetryAfter: TimeSpan.FromSeconds(7.5), Reason: "Too many requests.")
                : new SendResult(SendStatus.Sent, message.MessageId));
        };
        await harness!.PostAsync(conversation, "a");
        await PutBackAsync();
        await harness.PostAsync(conversation, "b");
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 2);
        Assert.Equal(["a", "a", "a", "b"], channel.Texts(conversation));
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(7.5), $"{times[1] - times[0]}");
        Assert.True(times[2] - times[1] >= TimeSpan.FromSeconds(7.5), $"{times[2] - times[1]}");
    }

    [Fact]
    public async Task An_approval_that_came_while_the_platform_limited_the_rate_waits_too_and_then_goes_before_results_and_progress()
    {
        var channel = await StartAsync(new FakeChannel());
        var times = new List<DateTimeOffset>();
        channel.OnSend = (message, _) =>
        {
            times.Add(clock.GetUtcNow());
            return Task.FromResult(times.Count == 1
                ? new SendResult(SendStatus.Retry, RetryAfter: TimeSpan.FromSeconds(5))
                : new SendResult(SendStatus.Sent, message.MessageId));
        };
        await harness!.PostAsync(conversation, "progress", ReplyPriority.Progress);
        await PutBackAsync();
        await harness.PostAsync(conversation, "result");
        await harness.PostAsync(conversation, "approval", ReplyPriority.Approval);
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 3);
        Assert.Equal(["progress", "approval", "result", "progress"], channel.Texts(conversation));
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(5), $"{times[1] - times[0]}");
    }

    [Fact]
    public async Task A_platform_that_limits_sixty_times_in_a_row_loses_nothing()
    {
        var channel = await StartAsync(new FakeChannel(), o => o.Delivery.MaxFailures = 3);
        channel.OnSend = (message, _) => Task.FromResult(channel.Calls.Count <= 60
            ? new SendResult(SendStatus.Retry, RetryAfter: TimeSpan.FromSeconds(1))
            : new SendResult(SendStatus.Sent, message.MessageId));
        await harness!.PostAsync(conversation, "a");
        await harness.PostAsync(conversation, "b");
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 2);
        Assert.Empty(await harness.StepsAsync(OutboxState.Failed));
        Assert.Equal(62, channel.Calls.Count);
    }

    [Fact]
    public async Task Failures_without_a_delay_wait_longer_and_longer_and_end_as_a_dead_letter()
    {
        var channel = await StartAsync(new FakeChannel(), o => o.Delivery.MaxFailures = 5);
        var times = new List<DateTimeOffset>();
        channel.OnSend = (_, _) =>
        {
            lock (times) times.Add(clock.GetUtcNow());
            return Task.FromResult(new SendResult(SendStatus.Retry, Reason: "503 from the platform"));
        };
        await harness!.PostAsync(conversation, "a");
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Failed)).Count == 1);
        var error = (await harness.StepsAsync(OutboxState.Failed))[0].Error;
        Assert.Equal("Not delivered: given up after 5 tries. Last: 503 from the platform", error);
        Assert.Equal(5, times.Count);
        var gaps = times.Zip(times.Skip(1), (a, b) => b - a).ToList();
        for (var i = 0; i < gaps.Count; i++) Assert.True(gaps[i].TotalSeconds >= 0.5 * Math.Pow(2, i), $"{i}: {gaps[i]}");
    }

    [Fact]
    public async Task A_message_that_is_too_old_is_given_up_instead_of_surprising_people_days_later()
    {
        var channel = await StartAsync(new FakeChannel(), o => o.Delivery.MaxAge = TimeSpan.FromMinutes(10));
        channel.OnSend = (_, _) => Task.FromResult(new SendResult(SendStatus.Retry, RetryAfter: TimeSpan.FromMinutes(4)));
        await harness!.PostAsync(conversation, "a");
        await PutBackAsync();
        clock.SetWallClock(clock.GetUtcNow() + TimeSpan.FromMinutes(7));
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Failed)).Count == 1);
        Assert.Equal(2, channel.Calls.Count);
        Assert.Contains("older than 0.00:10", (await harness.StepsAsync(OutboxState.Failed))[0].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_send_that_may_have_arrived_is_repeated_once_and_marked_unless_the_platform_knows_it_again(bool idempotent)
    {
        var channel = await StartAsync(new FakeChannel(idempotent: idempotent));
        channel.OnSend = (message, _) => Task.FromResult(channel.Calls.Count == 1
            ? new SendResult(SendStatus.Ambiguous, Reason: "The connection broke.")
            : new SendResult(SendStatus.Sent, message.MessageId));
        await harness!.PostAsync(conversation, "a");
        await harness.PostAsync(conversation, "b");
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 2);
        Assert.Equal(channel.Calls[0].OutboxId, channel.Calls[1].OutboxId);
        var texts = channel.Texts(conversation);
        if (idempotent) Assert.Equal(["a", "a", "b"], texts);
        else Assert.Equal(["a", "a", "*This may be here twice: the connection broke while it was being sent.*", "b"], texts);
    }

    [Fact]
    public async Task A_result_is_sent_twice_at_most_and_then_its_person_is_told_that_it_may_be_missing()
    {
        var channel = await StartAsync(new FakeChannel());
        channel.OnSend = (message, _) => Task.FromResult(channel.Calls.Count <= 2 ? new SendResult(SendStatus.Ambiguous, Reason: "The connection broke.") : new SendResult(SendStatus.Sent, message.MessageId));
        await harness!.PostAsync(conversation, "a");
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 1);
        Assert.Equal(3, channel.Calls.Count);
        Assert.Contains("may be missing", channel.Texts(conversation)[^1], StringComparison.Ordinal);
        Assert.Equal("The connection broke.", Assert.Single(await harness.StepsAsync(OutboxState.Unknown)).Error);
    }

    [Fact]
    public async Task What_tells_that_an_answer_may_be_missing_says_nothing_of_itself()
    {
        var channel = await StartAsync(new FakeChannel());
        channel.OnSend = (_, _) => Task.FromResult(new SendResult(SendStatus.Ambiguous, Reason: "The connection broke."));
        await harness!.Store.WriteAsync(s => harness.Replies.Post(s, conversation, RichMessage.Text("a"), ReplyPriority.Result, "in1", "U7"), CancellationToken.None);
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Unknown)).Count == 2);
        Assert.Equal(4, channel.Calls.Count);
        Assert.All(channel.Calls, c => Assert.Equal(("U7", "in1"), (c.PrivateTo, c.InboxId)));
        Assert.Empty(await harness.StepsAsync(OutboxState.Pending));
    }

    [Fact]
    public async Task A_message_with_buttons_is_never_sent_again_and_its_owner_is_told()
    {
        var doubtful = new RecordingHandler<SendDoubtful>();
        var channel = await StartAsync(new FakeChannel { OnSend = (_, _) => Task.FromResult(new SendResult(SendStatus.Ambiguous)) }, configure: doubtful.AddTo);
        var card = new RichMessage([new ActionsBlock([new MessageAction("t", "Yes", ActionStyle.Primary)])]);
        var id = await harness!.Store.WriteAsync(s => harness.Replies.Post(s, conversation, card, ReplyPriority.Approval, null), CancellationToken.None);
        await AdvanceUntilAsync(() => Task.FromResult(doubtful.Seen.Contains(new SendDoubtful(id))));
        Assert.Single(channel.Calls);
        Assert.Single(await harness.StepsAsync(OutboxState.Unknown));
    }

    [Theory]
    [InlineData(SendStatus.Retry)]
    [InlineData(SendStatus.Ambiguous)]
    public async Task Parts_that_did_arrive_are_told_to_the_channel_at_the_next_try(SendStatus status)
    {
        var channel = await StartAsync(new FakeChannel());
        channel.OnSend = (message, _) => Task.FromResult(channel.Calls.Count == 1
            ? new SendResult(status, "1,2")
            : new SendResult(SendStatus.Sent, "1,2,3"));
        var id = await harness!.PostAsync(conversation, "a");
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 1);
        Assert.Equal([null, "1,2"], channel.Calls.Select(c => c.PlatformId));
        Assert.Equal([OutboundOperation.Send, OutboundOperation.Send], channel.Calls.Select(c => c.Operation));
        Assert.Equal("1,2,3", (await harness.Store.ReadAsync(s => s.Outbox.FindMessage(id), CancellationToken.None))!.PlatformId);
    }

    [Fact]
    public async Task The_channel_learns_what_a_message_answers_and_whom_alone_it_is_for()
    {
        var channel = await StartAsync(new FakeChannel());
        var receipt = await harness!.Inbox.AcceptAsync(Some.Inbound(conversation) with { Context = new InboundContext { Anchor = "17" } }, CancellationToken.None);
        await harness.Store.WriteAsync(s => harness.Replies.Post(s, conversation, RichMessage.Text("no"), ReplyPriority.Result, receipt.InboxId, "eve"), CancellationToken.None);
        await AdvanceUntilAsync(() => Task.FromResult(channel.Calls.Count == 1));
        var call = channel.Calls[0];
        Assert.Equal((receipt.InboxId, "17", "eve", ReplyPriority.Result), (call.InboxId, call.Anchor, call.PrivateTo, call.Priority));
    }

    [Fact]
    public async Task An_edit_whose_end_is_unknown_is_repeated_because_it_does_no_harm()
    {
        var channel = await StartAsync(new FakeChannel());
        channel.OnSend = (message, _) => Task.FromResult(channel.Calls.Count == 2
            ? new SendResult(SendStatus.Ambiguous)
            : new SendResult(SendStatus.Sent, message.MessageId));
        var id = await harness!.PostAsync(conversation, "a");
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 1);
        await harness.Store.WriteAsync(s => { harness.Replies.Edit(s, id, RichMessage.Text("b"), ReplyPriority.Result); return true; }, CancellationToken.None);
        await AdvanceUntilAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 2);
        Assert.Equal(["a", "b", "b"], channel.Texts(conversation));
    }

    [Fact]
    public async Task A_channel_that_throws_or_never_answers_leaves_an_unknown_end_and_the_rest_goes_on()
    {
        var channel = await StartAsync(new FakeChannel());
        channel.OnSend = (message, _) => channel.Calls.Count switch
        {
            <= 2 => throw new InvalidOperationException("a bug of the adapter"),
            <= 4 => new TaskCompletionSource<SendResult>().Task,
            _ => Task.FromResult(new SendResult(SendStatus.Sent, message.MessageId)),
        };
        foreach (var text in new[] { "a", "b", "c" }) await harness!.PostAsync(conversation, text);
        await AdvanceUntilAsync(async () => (await harness!.StepsAsync(OutboxState.Sent)).Count == 3);
        Assert.Equal(2, (await harness!.StepsAsync(OutboxState.Unknown)).Count);
        Assert.Equal(["a", "a", "b", "b", "c"], channel.Texts(conversation).Where(t => t.Length == 1));
        Assert.Equal(2, channel.Texts(conversation).Count(t => t.Contains("may be missing", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_wall_clock_that_is_put_back_does_not_prolong_a_wait()
    {
        var channel = await StartAsync(new FakeChannel());
        channel.OnSend = (message, _) => Task.FromResult(channel.Calls.Count == 1
            ? new SendResult(SendStatus.Retry, RetryAfter: TimeSpan.FromSeconds(5))
            : new SendResult(SendStatus.Sent, message.MessageId));
        await harness!.PostAsync(conversation, "a");
        await PutBackAsync();
        clock.SetWallClock(clock.GetUtcNow() - TimeSpan.FromHours(2));
        var begun = clock.GetTimestamp();
        await AdvanceUntilAsync(() => channel.Calls.Count == 2);
        Assert.True(clock.GetElapsedTime(begun) < TimeSpan.FromHours(1), "It waited by the wall clock.");
    }

    private async Task<FakeChannel> StartAsync(FakeChannel channel, Action<BusOptions>? options = null, Action<IServiceCollection>? configure = null)
    {
        harness = await BusHarness.StartAsync(directory, clock, [channel], configure, options);
        return channel;
    }

    private Task PutBackAsync() => Until.TrueAsync(async () => (await harness!.StepsAsync(OutboxState.Pending)).Any(i => i.Attempts == 1));

    private async Task AdvanceUntilAsync(Func<bool> condition) => await AdvanceUntilAsync(() => Task.FromResult(condition()));

    // Real time for the threads, small steps for the clock. On a busy machine the clock may run ahead of the threads: tests rely on "not before" alone.
    private Task AdvanceUntilAsync(Func<Task<bool>> condition) => Until.TrueAsync(async () =>
    {
        if (await condition()) return true;
        clock.Advance(TimeSpan.FromMilliseconds(250));
        return false;
    });
}
