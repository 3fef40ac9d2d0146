using ChatOps.Bus;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Bus;

/// <summary>A gateway that died, and the one that starts after it on the same data directory.</summary>
public sealed class DeliveryRecoveryTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FakeTimeProvider clock = new();
    private readonly ConversationKey conversation = Some.Conversation();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_send_that_a_dead_gateway_had_begun_is_repeated_once_and_marked_unless_the_platform_knows_it_again(bool idempotent)
    {
        var interrupted = await DieWhileSendingAsync(idempotent, "a", "b");
        var channel = new FakeChannel(idempotent: idempotent);
        await using var second = await BusHarness.StartAsync(directory, clock, [channel]);
        await Until.TrueAsync(async () => (await second.StepsAsync(OutboxState.Sent)).Count == 2);
        Assert.Equal(interrupted, channel.Calls[0].OutboxId);
        var texts = channel.Texts(conversation);
        if (idempotent) Assert.Equal(["a", "b"], texts);
        else Assert.Equal(["a", "*This may be here twice: the connection broke while it was being sent.*", "b"], texts);
    }

    [Fact]
    public async Task A_card_that_a_dead_gateway_had_begun_to_send_is_not_sent_again_and_its_owner_is_told()
    {
        var channel = new FakeChannel { OnSend = (_, token) => new TaskCompletionSource<SendResult>().Task.WaitAsync(token) };
        var card = new RichMessage([new TextBlock("May I?"), new ActionsBlock([new MessageAction("t", "Yes", ActionStyle.Primary)])]);
        string messageId;
        await using (var first = await BusHarness.StartAsync(directory, clock, [channel], options: o => o.Delivery.StopGrace = TimeSpan.Zero))
        {
            messageId = await first.Store.WriteAsync(session => first.Replies.Post(session, conversation, card, ReplyPriority.Approval, null), CancellationToken.None);
            await Until.TrueAsync(() => channel.Calls.Count == 1);
        }

        var again = new FakeChannel();
        var doubtful = new RecordingHandler<SendDoubtful>();
        await using var second = await BusHarness.StartAsync(directory, clock, [again], doubtful.AddTo);
        await Until.TrueAsync(() => doubtful.Seen.Contains(new SendDoubtful(messageId)));
        Assert.Equal(messageId, Assert.Single(await second.StepsAsync(OutboxState.Unknown)).MessageId);
        Assert.Empty(again.Calls);
    }

    [Fact]
    public async Task What_was_said_while_nobody_delivered_goes_out_at_the_next_start_in_order()
    {
        var deaf = new FakeChannel { OnSend = (_, _) => Task.FromResult(new SendResult(SendStatus.Retry, RetryAfter: TimeSpan.FromMinutes(5))) };
        await using (var first = await BusHarness.StartAsync(directory, clock, [deaf]))
        {
            for (var i = 0; i < 20; i++) await first.PostAsync(conversation, $"m{i}");
            await Until.TrueAsync(async () => (await first.StepsAsync(OutboxState.Pending)).Any(s => s.Attempts == 1));
        }

        var channel = new FakeChannel();
        await using var second = await BusHarness.StartAsync(directory, clock, [channel]);
        var begun = clock.GetUtcNow();
        await Until.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return (await second.StepsAsync(OutboxState.Sent)).Count == 20;
        });
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"m{i}"), channel.Texts(conversation));
        Assert.True(clock.GetUtcNow() - begun >= TimeSpan.FromMinutes(4), "The wait that the platform had asked for was forgotten.");
    }

    [Fact]
    public async Task What_was_never_tried_does_not_wait_until_the_time_of_a_clock_that_was_ahead()
    {
        var (channel, ahead) = (new FakeChannel(), clock.GetUtcNow() + TimeSpan.FromHours(1));
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        await harness.Store.WriteAsync(session =>
        {
            session.Outbox.AddMessage(new StoredMessage("m1", conversation.Id, null, RichMessage.Text("a"), null, ahead, ahead));
            session.Outbox.Add(new OutboxItem("o1", conversation.Id, "m1", OutboundOperation.Send, ReplyPriority.Result, RichMessage.Text("a"),
                OutboxState.Pending, 0, ahead, null, ahead));
            session.PublishAfterCommit(new Deliver(conversation.Id));
            return true;
        }, CancellationToken.None);
        await harness.PostAsync(conversation, "b");

        // Nobody moves the clock.
        await Until.TrueAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 2);
        Assert.Equal(["a", "b"], channel.Texts(conversation).Order());
    }

    [Fact]
    public async Task A_wait_that_a_clock_far_ahead_began_is_believed_for_its_bound_and_no_longer()
    {
        var deaf = new FakeChannel { OnSend = (_, _) => Task.FromResult(new SendResult(SendStatus.Retry, RetryAfter: TimeSpan.FromHours(9))) };
        await using (var first = await BusHarness.StartAsync(directory, clock, [deaf]))
        {
            await first.PostAsync(conversation, "a");
            await Until.TrueAsync(async () => (await first.StepsAsync(OutboxState.Pending)).Any(s => s.Attempts == 1));
        }

        var channel = new FakeChannel();
        await using var second = await BusHarness.StartAsync(directory, clock, [channel]);
        var begun = clock.GetUtcNow();
        await Until.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return channel.Calls.Count == 1;
        });
        Assert.InRange(clock.GetUtcNow() - begun, ConversationDelivery.MaxRememberedWait, TimeSpan.FromHours(8));
    }

    [Fact]
    public async Task A_lost_wake_up_is_made_good_by_the_next_sweep()
    {
        var channel = new FakeChannel();
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        var now = clock.GetUtcNow();
        await harness.Store.WriteAsync(session =>
        {
            session.Outbox.AddMessage(new StoredMessage("m1", conversation.Id, null, RichMessage.Text("a"), null, now, now));
            session.Outbox.Add(new OutboxItem("o1", conversation.Id, "m1", OutboundOperation.Send, ReplyPriority.Result, RichMessage.Text("a"),
                OutboxState.Pending, 0, now, null, now));
            return true;
        }, CancellationToken.None);
        await Until.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return channel.Calls.Count == 1;
        });
    }

    [Fact]
    public async Task Stopping_lets_a_send_under_way_end_and_begins_no_other()
    {
        var sending = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var channel = new FakeChannel
        {
            OnSend = async (message, _) =>
            {
                sending.TrySetResult();
                await release.Task;
                return new SendResult(SendStatus.Sent, message.MessageId);
            },
        };
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        await harness.PostAsync(conversation, "a");
        await harness.PostAsync(conversation, "b");
        await sending.Task;
        var stop = harness.Get<Deliveries>().StopAsync(CancellationToken.None);
        release.SetResult();
        await stop;
        Assert.Single(channel.Calls);
        Assert.Single(await harness.StepsAsync(OutboxState.Sent));
        Assert.Single(await harness.StepsAsync(OutboxState.Pending));
    }

    [Fact]
    public async Task A_step_that_was_taken_but_not_sent_when_the_gateway_stopped_is_sent_by_the_next()
    {
        await using (var first = await BusHarness.StartAsync(directory, clock, [new FakeChannel()]))
        {
            await first.StopAsync();
            await first.PostAsync(conversation, "a");
            var store = new FlakyStore(first.Store);
            using var deliveries = DeliveriesOn(first, store);
            var stop = Task.CompletedTask;
            store.AfterCommit = () =>
            {
                store.AfterCommit = () => { };
                stop = deliveries.StopAsync(CancellationToken.None);
            };
            deliveries.Wake(conversation.Id);
            await Until.TrueAsync(() => deliveries.Running == 0);
            await stop;
            Assert.Single(await first.StepsAsync(OutboxState.Pending));
        }

        var channel = new FakeChannel();
        await using var second = await BusHarness.StartAsync(directory, clock, [channel]);
        await Until.TrueAsync(async () => (await second.StepsAsync(OutboxState.Sent)).Count == 1);
        Assert.Equal(["a"], channel.Texts(conversation));
    }

    [Fact]
    public async Task What_is_said_just_as_the_loop_has_looked_for_the_last_time_is_not_left_lying()
    {
        var channel = new FakeChannel();
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        await harness.StopAsync();
        await harness.PostAsync(conversation, "a");
        var store = new FlakyStore(harness.Store);
        using var deliveries = DeliveriesOn(harness, store);
        var commits = 0;
        store.AfterCommit = () =>
        {
            // The second commit writes down that "a" was sent and finds nothing more.
            if (++commits != 2) return;
            harness.PostAsync(conversation, "b").Wait();
            deliveries.Wake(conversation.Id);
        };
        deliveries.Wake(conversation.Id);
        await Until.TrueAsync(() => deliveries.Running == 0);
        Assert.Equal(["a", "b"], channel.Texts(conversation));
        await deliveries.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Nothing_more_goes_out_while_the_end_of_a_send_cannot_be_written_and_nothing_goes_twice()
    {
        var channel = new FakeChannel();
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        var store = new FlakyStore(harness.Store);
        channel.OnSend = (message, _) =>
        {
            if (channel.Calls.Count == 1) store.IsAway = true;
            return Task.FromResult(new SendResult(SendStatus.Sent, message.MessageId));
        };
        using var deliveries = DeliveriesOn(harness, store);
        await harness.StopAsync();
        await harness.PostAsync(conversation, "a");
        await harness.PostAsync(conversation, "b");
        deliveries.Wake(conversation.Id);
        await Until.TrueAsync(() => store.Refused > 2 || Tick());
        Assert.Single(channel.Calls);
        store.IsAway = false;
        await Until.TrueAsync(() => channel.Calls.Count == 2 || Tick());
        await Until.TrueAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 2);
        Assert.Equal(["a", "b"], channel.Texts(conversation));
        await deliveries.StopAsync(CancellationToken.None);

        bool Tick()
        {
            clock.Advance(TimeSpan.FromMilliseconds(500));
            return false;
        }
    }

    [Fact]
    public async Task What_another_gateway_of_the_store_is_sending_is_not_taken_for_left_behind()
    {
        var answer = new TaskCompletionSource<SendResult>();
        var channel = new FakeChannel { OnSend = (_, token) => answer.Task.WaitAsync(token) };
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel], options: o => o.AloneWithStore = false);
        await harness.PostAsync(conversation, "a");
        await Until.TrueAsync(() => channel.Calls.Count == 1);
        using var other = new Deliveries(harness.Get<DeliveryParts>() with { Holder = "other" }, harness.Get<ILogger<Deliveries>>());

        other.Wake(conversation.ToString());
        await Until.TrueAsync(() => other.Running == 0);

        Assert.Single(await harness.StepsAsync(OutboxState.Sending));
        Assert.Single(channel.Calls);
        answer.SetResult(new SendResult(SendStatus.Sent, "p1"));
        await Until.TrueAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 1);

        // Afterwards the conversation is anybody's.
        await Until.TrueAsync(() => harness.Get<Deliveries>().Running == 0);
        await harness.Store.WriteAsync(session => harness.Replies.Post(session, conversation, RichMessage.Text("b"), ReplyPriority.Result, null), CancellationToken.None);
        other.Wake(conversation.ToString());
        await Until.TrueAsync(async () => (await harness.StepsAsync(OutboxState.Sent)).Count == 2);
        Assert.Equal(["a", "b"], channel.Texts(conversation));
        await other.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_gateway_that_was_paused_past_its_lease_writes_nothing_over_what_its_successor_judged()
    {
        var answer = new TaskCompletionSource<SendResult>();
        var channel = new FakeChannel { OnSend = (_, token) => answer.Task.WaitAsync(token) };
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel], options: o => o.AloneWithStore = false);
        await harness.PostAsync(conversation, "a");
        await Until.TrueAsync(() => channel.Calls.Count == 1);
        var step = Assert.Single(await harness.StepsAsync(OutboxState.Sending));

        // Its time has passed, and another has taken over and given up on the step.
        await harness.Store.WriteAsync(
            session =>
            {
                var token = session.Leases.TryTake($"deliver/{conversation}", "other", clock.GetUtcNow() + TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(1));
                session.Outbox.SetState(step.Id, OutboxState.Unknown, null, "It may have arrived.", clock.GetUtcNow());
                return Assert.NotNull(token);
            },
            CancellationToken.None);
        answer.SetResult(new SendResult(SendStatus.Sent, "p1"));

        await Until.TrueAsync(() => harness.Get<Deliveries>().Running == 0);
        Assert.Equal(step.Id, Assert.Single(await harness.StepsAsync(OutboxState.Unknown)).Id);
    }

    private static Deliveries DeliveriesOn(BusHarness harness, IStore store) =>
        new(harness.Get<DeliveryParts>() with { Store = store }, harness.Get<ILogger<Deliveries>>());

    private async Task<string> DieWhileSendingAsync(bool idempotent, params string[] texts)
    {
        // The channel never returns, and the gateway is stopped without grace: the step stays marked, as after kill -9.
        var sending = new TaskCompletionSource();
        var channel = new FakeChannel(idempotent: idempotent)
        {
            OnSend = (_, token) =>
            {
                sending.TrySetResult();
                return new TaskCompletionSource<SendResult>().Task.WaitAsync(token);
            },
        };
        await using var first = await BusHarness.StartAsync(directory, clock, [channel], options: o => o.Delivery.StopGrace = TimeSpan.Zero);
        foreach (var text in texts) await first.PostAsync(conversation, text);
        await sending.Task;
        await first.StopAsync();
        return Assert.Single(await first.StepsAsync(OutboxState.Sending)).Id;
    }
}
