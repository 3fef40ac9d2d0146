using System.Collections.Concurrent;
using ChatOps.Bus;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Bus;

public sealed class MessageBusTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly RecordingHandler<ApprovalDecided> approvals = new();
    private readonly RecordingHandler<InvocationFinished> invocations = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Publishing_waits_for_no_handler_and_slow_handlers_of_one_kind_hold_up_no_other()
    {
        var release = new TaskCompletionSource();
        approvals.Then = _ => release.Task;
        await using var harness = await StartAsync(o => o.MaxConcurrency = 4);
        for (var i = 0; i < 50; i++) await harness.Bus.PublishAsync(new ApprovalDecided($"a{i}"), CancellationToken.None);
        await harness.Bus.PublishAsync(new InvocationFinished("i1"), CancellationToken.None);
        await Until.TrueAsync(() => invocations.Seen.Count == 1);
        await Until.TrueAsync(() => approvals.Seen.Count == 4);
        Assert.Equal(46, harness.Get<MessageBus>().Counts.Queued);
        release.SetResult();
        await Until.TrueAsync(() => approvals.Seen.Count == 50);
        Assert.Equal(50, approvals.Seen.Distinct().Count());
    }

    [Fact]
    public async Task A_handler_that_fails_is_tried_again_and_then_given_up_without_disturbing_others()
    {
        approvals.Then = _ => throw new InvalidOperationException("a bug");
        await using var harness = await StartAsync();
        var other = new RecordingHandler<ApprovalDecided>();
        var subscription = new Subscription<ApprovalDecided>([approvals, other], new BusCounts(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await subscription.HandleAsync(new ApprovalDecided("a1"), CancellationToken.None);
        Assert.Equal((3, 1), (approvals.Seen.Count, other.Seen.Count));

        approvals.Seen.Clear();
        await harness.Bus.PublishAsync(new ApprovalDecided("a2"), CancellationToken.None);
        await Until.TrueAsync(() => harness.Get<MessageBus>().Counts.Failed == 1);
        Assert.Equal(3, approvals.Seen.Count);
        approvals.Then = _ => Task.CompletedTask;
        await harness.Bus.PublishAsync(new ApprovalDecided("a3"), CancellationToken.None);
        await Until.TrueAsync(() => approvals.Seen.Count == 4);
    }

    [Fact]
    public async Task A_full_queue_drops_the_wake_up_and_says_so()
    {
        var release = new TaskCompletionSource();
        approvals.Then = _ => release.Task;
        await using var harness = await StartAsync(o => (o.MaxConcurrency, o.MaxQueued) = (1, 100));
        for (var i = 0; i < 150; i++) await harness.Bus.PublishAsync(new ApprovalDecided($"a{i}"), CancellationToken.None);
        var counts = harness.Get<MessageBus>().Counts;
        Assert.InRange(counts.Dropped, 48, 50);
        var health = await harness.Get<IEnumerable<IHealthPart>>().Single(p => p.Name == "bus").CheckAsync(CancellationToken.None);
        Assert.Equal(PartState.Degraded, health.State);
        release.SetResult();
        await Until.TrueAsync(() => counts.Queued == 0 && approvals.Seen.Count == 150 - counts.Dropped);
    }

    [Fact]
    public async Task A_message_that_nobody_listens_to_and_one_after_the_end_are_let_go()
    {
        var harness = await StartAsync();
        await harness.Bus.PublishAsync(new MessageAccepted("i", "c"), CancellationToken.None);
        await harness.StopAsync();
        await harness.Bus.PublishAsync(new ApprovalDecided("late"), CancellationToken.None);
        Assert.Equal(0, harness.Get<MessageBus>().Counts.Queued);
        Assert.Empty(approvals.Seen);
        await harness.DisposeAsync();
    }

    [Fact]
    public async Task What_a_handler_is_told_is_in_the_store_already()
    {
        var found = new ConcurrentQueue<bool>();
        var accepted = new RecordingHandler<MessageAccepted>();
        await using var harness = await BusHarness.StartAsync(directory, TimeProvider.System, [], accepted.AddTo);
        accepted.Then = async message =>
        {
            var there = await harness.Store.ReadAsync(s => s.Inbox.Find(message.InboxId) is not null, CancellationToken.None);
            found.Enqueue(there);
        };
        for (var i = 0; i < 100; i++) await harness.Inbox.AcceptAsync(Some.Inbound(), CancellationToken.None);
        await Until.TrueAsync(() => found.Count >= 100);
        Assert.DoesNotContain(false, found);
    }

    [Fact]
    public async Task Who_only_wakes_is_told_at_once_and_who_declines_that_is_told_through_the_queue()
    {
        var sleeper = new Sleeper();
        await using var harness = await BusHarness.StartAsync(directory, TimeProvider.System, [], services =>
        {
            services.AddSingleton<IMessageHandler<SendDoubtful>>(sleeper);
            services.AddSingleton(new MessageHandlerRegistration(typeof(SendDoubtful)));
        });
        await harness.Bus.PublishAsync(new SendDoubtful("now"), CancellationToken.None);
        Assert.Equal(["now"], sleeper.Woken);
        await harness.Bus.PublishAsync(new SendDoubtful("later"), CancellationToken.None);
        await Until.TrueAsync(() => sleeper.Handled.Contains("later"));
        Assert.Equal(["now"], sleeper.Woken);
        Assert.Single(sleeper.Handled);
    }

    private sealed class Sleeper : IWakingHandler<SendDoubtful>
    {
        public ConcurrentQueue<string> Woken { get; } = new();

        public ConcurrentQueue<string> Handled { get; } = new();

        public bool TryWake(SendDoubtful message)
        {
            if (message.MessageId == "later") return false;
            Woken.Enqueue(message.MessageId);
            return true;
        }

        public Task HandleAsync(SendDoubtful message, CancellationToken cancellationToken)
        {
            Handled.Enqueue(message.MessageId);
            return Task.CompletedTask;
        }
    }

    private Task<BusHarness> StartAsync(Action<BusOptions>? options = null) => BusHarness.StartAsync(directory, TimeProvider.System, [], services =>
    {
        approvals.AddTo(services);
        invocations.AddTo(services);
    }, options);
}
