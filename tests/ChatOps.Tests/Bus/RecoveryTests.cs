using ChatOps.Bus;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Bus;

public sealed class RecoveryTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FakeTimeProvider clock = new();
    private readonly RecordingHandler<MessageAccepted> wakeUps = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Messages_that_a_dead_gateway_had_accepted_wake_a_worker_at_the_next_start()
    {
        var receipts = new List<InboxReceipt>();
        await using (var first = await BusHarness.StartAsync(directory, clock, []))
        {
            for (var i = 0; i < 5; i++) receipts.Add(await first.Inbox.AcceptAsync(Some.Inbound(), CancellationToken.None));
            await first.Store.WriteAsync(s => { s.Inbox.SetState(receipts[0].InboxId!, InboxState.Working, null, null); return true; }, CancellationToken.None);
            await first.Store.WriteAsync(s => { s.Inbox.SetState(receipts[4].InboxId!, InboxState.Done, null, "done"); return true; }, CancellationToken.None);
        }

        await using var second = await BusHarness.StartAsync(directory, clock, [], wakeUps.AddTo);
        await Until.TrueAsync(() => wakeUps.Seen.Count == 4);
        Assert.Equal(receipts.Take(4).Select(r => r.InboxId).Order(), wakeUps.Seen.Select(w => w.InboxId).Order());
    }

    [Fact]
    public async Task A_message_whose_worker_gave_up_is_woken_at_every_sweep_until_it_has_an_end()
    {
        var first = new ScriptedSweep("first");
        await using var harness = await BusHarness.StartAsync(directory, clock, [], Add(first) + wakeUps.AddTo);
        var receipt = await harness.Inbox.AcceptAsync(Some.Inbound(), CancellationToken.None);
        await AdvanceUntilAsync(() => wakeUps.Seen.Count >= 4);
        await harness.Store.WriteAsync(s => { s.Inbox.SetState(receipt.InboxId!, InboxState.Done, null, "done"); return true; }, CancellationToken.None);
        await SweptAsync();
        var woken = wakeUps.Seen.Count;
        await SweptAsync();
        Assert.Equal(woken, wakeUps.Seen.Count);

        // The next begins when the one before is over: one that had begun before has ended, and one has come and gone since.
        async Task SweptAsync()
        {
            var begun = first.Runs.Count;
            await AdvanceUntilAsync(() => first.Runs.Count >= begun + 2 && harness.Get<MessageBus>().Counts.Queued == 0);
        }
    }

    [Fact]
    public async Task A_sweep_that_fails_keeps_no_other_from_running_and_only_the_first_is_at_start()
    {
        var broken = new ScriptedSweep("broken") { Then = () => throw new InvalidOperationException("a bug") };
        var sound = new ScriptedSweep("sound");
        await using var harness = await BusHarness.StartAsync(directory, clock, [], Add(broken, sound));
        await AdvanceUntilAsync(() => sound.Runs.Count >= 3 && broken.Runs.Count >= 3);
        Assert.Equal([true, false, false], sound.Runs.Take(3));
        Assert.Equal([true, false, false], broken.Runs.Take(3));
    }

    [Fact]
    public async Task While_the_store_is_away_at_start_the_sweep_that_counts_is_tried_again()
    {
        var left = 3;
        var sweep = new ScriptedSweep("patient") { Then = () => { if (left-- > 0) throw new StoreUnavailableException("The store is away."); } };
        await using var harness = await BusHarness.StartAsync(directory, clock, [], Add(sweep));
        await AdvanceUntilAsync(() => sweep.Runs.Count >= 5);
        Assert.Equal([true, true, true, true, false], sweep.Runs.Take(5));
    }

    [Fact]
    public async Task Answered_messages_are_removed_after_their_time_and_no_sooner()
    {
        await using var harness = await BusHarness.StartAsync(directory, clock, [new FakeChannel()]);
        var message = Some.Inbound();
        var receipt = await harness.Inbox.AcceptAsync(message, CancellationToken.None);
        await harness.Store.WriteAsync(s => { s.Inbox.SetState(receipt.InboxId!, InboxState.Done, null, "done"); return true; }, CancellationToken.None);
        var sweep = harness.Get<IEnumerable<IRecoverySweep>>().Single(s => s.Name == "inbox");
        clock.SetWallClock(clock.GetUtcNow() + TimeSpan.FromDays(29));
        await PruneAsync(sweep);
        Assert.Equal(InboxStatus.Duplicate, (await harness.Inbox.AcceptAsync(message, CancellationToken.None)).Status);
        clock.SetWallClock(clock.GetUtcNow() + TimeSpan.FromDays(2));
        await PruneAsync(sweep);
        Assert.Null(await harness.Store.ReadAsync(s => s.Inbox.Find(receipt.InboxId!), CancellationToken.None));
    }

    [Fact]
    public async Task Health_tells_the_age_of_what_waits()
    {
        await using var harness = await BusHarness.StartAsync(directory, clock, []);
        await harness.Inbox.AcceptAsync(Some.Inbound(), CancellationToken.None);
        clock.SetWallClock(clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        var parts = harness.Get<IEnumerable<IHealthPart>>().ToDictionary(p => p.Name);
        var inbox = await parts["inbox"].CheckAsync(CancellationToken.None);
        var outbox = await parts["outbox"].CheckAsync(CancellationToken.None);
        Assert.Equal((PartState.Degraded, "1", "300.0"), (inbox.State, inbox.Facts["waiting"], inbox.Facts["oldestSeconds"]));
        Assert.Contains("5 min", inbox.Summary, StringComparison.Ordinal);
        Assert.Equal((PartState.Ok, "No reply waits."), (outbox.State, outbox.Summary));
        Assert.Equal(PartState.Ok, (await parts["bus"].CheckAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task Health_of_the_queues_says_when_the_store_is_away()
    {
        var health = await new InboxHealth(new UnavailableStore("The disk is full."), clock).CheckAsync(CancellationToken.None);
        Assert.Equal((PartState.Failed, "The disk is full."), (health.State, health.Summary));
    }

    private static Action<IServiceCollection> Add(params ScriptedSweep[] sweeps) => services =>
    {
        foreach (var sweep in sweeps) services.AddSingleton<IRecoverySweep>(sweep);
    };

    private Task AdvanceUntilAsync(Func<bool> condition) => Until.TrueAsync(() =>
    {
        if (condition()) return true;
        clock.Advance(TimeSpan.FromSeconds(1));
        return false;
    });

    private async Task PruneAsync(IRecoverySweep sweep)
    {
        clock.Advance(TimeSpan.FromHours(2));
        await sweep.SweepAsync(atStart: false, CancellationToken.None);
    }
}
