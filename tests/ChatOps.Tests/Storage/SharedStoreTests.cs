using ChatOps.Testing;
using ChatOps.Tests.Audit;

namespace ChatOps.Tests.Storage;

/// <summary>Several gateways on one database: what is decided once on one is decided once on all.</summary>
public sealed class SharedStoreTests
{
    private const int Gateways = 3;

    [Fact]
    public async Task Of_settlers_on_several_gateways_exactly_one_wins()
    {
        await using var all = await GatewaysAsync();
        for (var i = 0; i < 100; i++)
        {
            var id = $"ap{i}";
            await all[0].WriteAsync(s => s.Approvals.Add(Rows.Approval(id)));

            var wins = await all.TogetherAsync((store, n) => store.WriteAsync(s => s.Approvals.CompareAndSet(id, 1, ChatOps.Approvals.ApprovalState.Pending, ChatOps.Approvals.ApprovalState.Approved, Rows.Noon, $"p{n}", null, null)));

            Assert.Single(wins, w => w);
            Assert.Equal($"p{Array.IndexOf(wins, true)}", (await all[0].ReadAsync(s => s.Approvals.Find(id)))!.SettledBy);
        }
    }

    [Fact]
    public async Task A_conversation_has_one_turn_whichever_gateway_takes_it()
    {
        await using var all = await GatewaysAsync();
        for (var i = 1; i <= 50; i++)
        {
            var tokens = await all.TogetherAsync((store, n) => store.WriteAsync(s => s.Conversations.TryLease("web/c1", $"g{n}", Rows.Noon, Rows.Noon.AddMinutes(1))));

            // Each taking has a higher token, and who had it before is refused from then on.
            var token = Assert.Single(tokens, t => t is not null)!.Value;
            Assert.Equal(i, token);
            Assert.False(await all[1].ReadAsync(s => s.Conversations.Holds("web/c1", token - 1)));
            await all[2].WriteAsync(s => s.Conversations.Release("web/c1", token));
        }
    }

    [Fact]
    public async Task A_message_that_reaches_several_gateways_is_accepted_once()
    {
        await using var all = await GatewaysAsync();
        for (var i = 0; i < 100; i++)
        {
            var key = $"slack:Ev{i}";
            var added = await all.TogetherAsync((store, n) => store.WriteAsync(s => s.Inbox.Add(Rows.Inbox($"{i:000}-{n}", key: key))));

            var first = Assert.Single(added, a => a.Added).Id;
            Assert.All(added, a => Assert.Equal(first, a.Id));
        }
    }

    [Fact]
    public async Task A_tick_of_a_schedule_is_run_once_whoever_counts()
    {
        await using var all = await GatewaysAsync();
        for (var i = 0; i < 50; i++)
        {
            var tick = Rows.Noon.AddMinutes(i);
            var added = await all.TogetherAsync((store, _) => store.WriteAsync(s => s.Schedules.AddRun(
                new ChatOps.Schedules.ScheduleRunRow($"nightly/{tick.UtcTicks}", "nightly", tick, ChatOps.Schedules.ScheduleTrigger.Tick, ChatOps.Schedules.ScheduleRunState.Queued, tick))));

            Assert.Single(added, a => a);
        }
    }

    [Fact]
    public async Task Records_of_all_gateways_are_one_chain()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        await using var first = await AuditFixture.OpenAsync(directory, kind: StoreKind.PostgreSql);
        await using var second = await AuditFixture.OpenAsync(directory, kind: StoreKind.PostgreSql, start: false);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? first : second).AppendAsync(3)));

        var verified = await second.VerifyAsync();
        Assert.True(verified.Intact, verified.Problem);
        Assert.Equal(120, verified.Records);
    }

    private static async Task<GatewaysOnOneStore> GatewaysAsync() => await GatewaysOnOneStore.OpenAsync(Gateways);
}
