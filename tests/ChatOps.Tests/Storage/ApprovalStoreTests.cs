using ChatOps.Approvals;
using ChatOps.Storage;

namespace ChatOps.Tests.Storage;

public abstract class ApprovalStoreTests(StoreKind kind)
{
    [Fact]
    public async Task Of_two_settlers_exactly_one_wins_a_thousand_times()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        for (var i = 0; i < 1000; i++)
        {
            var id = $"ap{i}";
            await store.WriteAsync(s => s.Approvals.Add(Rows.Approval(id)));
            using var start = new Barrier(2);

            var wins = await Task.WhenAll(Settle(ApprovalState.Approved, "li"), Settle(ApprovalState.Denied, "max"));

            Assert.Single(wins, w => w);
            var row = (await store.ReadAsync(s => s.Approvals.Find(id)))!;
            Assert.Equal((2, wins[0] ? ApprovalState.Approved : ApprovalState.Denied, wins[0] ? "li" : "max"), (row.Revision, row.State, row.SettledBy));

            Task<bool> Settle(ApprovalState to, string by) => Task.Run(() =>
            {
                start.SignalAndWait();
                return store.WriteAsync(s => s.Approvals.CompareAndSet(id, 1, ApprovalState.Pending, to, Rows.Noon, by, null, null));
            });
        }
    }

    [Fact]
    public async Task A_settlement_needs_revision_and_state_and_keeps_what_is_not_given()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Approvals.Add(Rows.Approval("ap1")));

        Assert.False(await store.WriteAsync(s => s.Approvals.CompareAndSet("ap1", 2, ApprovalState.Pending, ApprovalState.Approved, null, null, null, null)));
        Assert.False(await store.WriteAsync(s => s.Approvals.CompareAndSet("ap1", 1, ApprovalState.Approved, ApprovalState.Running, null, null, null, null)));
        Assert.True(await store.WriteAsync(s => s.Approvals.CompareAndSet("ap1", 1, ApprovalState.Pending, ApprovalState.Approved, Rows.Noon, "li", "ok", null)));
        Assert.True(await store.WriteAsync(s => s.Approvals.CompareAndSet("ap1", 2, ApprovalState.Approved, ApprovalState.Running, null, null, null, "exit 0")));

        Assert.Equal(
            Rows.Approval("ap1") with { Revision = 3, State = ApprovalState.Running, SettledAt = Rows.Noon, SettledBy = "li", SettleReason = "ok", Outcome = "exit 0" },
            await store.ReadAsync(s => s.Approvals.Find("ap1")));
    }

    [Fact]
    public async Task A_principal_votes_once_and_votes_keep_their_order()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var votes = new[]
        {
            new ApprovalVote("ap1", "zoe", "web:1", true, "fine", Rows.Noon),
            new ApprovalVote("ap1", "adam", "web:2", false, null, Rows.Noon),
        };
        await store.WriteAsync(s => s.Approvals.Add(Rows.Approval("ap1")));
        foreach (var vote in votes) Assert.True(await store.WriteAsync(s => s.Approvals.AddVote(vote)));

        Assert.False(await store.WriteAsync(s => s.Approvals.AddVote(votes[0] with { Approves = false })));

        Assert.Equal(votes, await store.ReadAsync(s => s.Approvals.Votes("ap1")));
    }

    [Fact]
    public async Task Lists_filter_by_state_newest_first_and_overdue_ones_are_found()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Approvals.Add(Rows.Approval("ap1"));
            s.Approvals.Add(Rows.Approval("ap2") with { CreatedAt = Rows.Noon.AddMinutes(1), ExpiresAt = Rows.Noon.AddHours(1) });
            s.Approvals.Add(Rows.Approval("ap3") with { CreatedAt = Rows.Noon.AddMinutes(2), State = ApprovalState.Denied });
        });

        Assert.Equal(["ap3", "ap2", "ap1"], (await store.ReadAsync(s => s.Approvals.List([], 9))).Select(a => a.Id));
        Assert.Equal(["ap2", "ap1"], (await store.ReadAsync(s => s.Approvals.List([ApprovalState.Pending, ApprovalState.Approved], 9))).Select(a => a.Id));
        Assert.Equal(["ap1"], (await store.ReadAsync(s => s.Approvals.Overdue(Rows.Noon.AddMinutes(15), 9))).Select(a => a.Id));
    }

    [Fact]
    public async Task A_grant_is_usable_until_it_expires_or_is_revoked()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Approvals.AddGrant(Rows.Grant("g1"));
            s.Approvals.UseGrant("g1", Rows.Noon.AddHours(1));
            s.Approvals.UseGrant("g1", Rows.Noon.AddHours(2));
        });

        Assert.Equal(Rows.Grant("g1") with { Uses = 2, LastUsedAt = Rows.Noon.AddHours(2) }, await store.ReadAsync(s => s.Approvals.FindGrant("key", Rows.Noon)));
        Assert.Null(await store.ReadAsync(s => s.Approvals.FindGrant("key", Rows.Noon.AddDays(7))));
        Assert.Null(await store.ReadAsync(s => s.Approvals.FindGrant("other", Rows.Noon)));
        Assert.True(await store.WriteAsync(s => s.Approvals.RevokeGrant("g1", "li", Rows.Noon)));
        Assert.False(await store.WriteAsync(s => s.Approvals.RevokeGrant("g1", "li", Rows.Noon)));
        Assert.Null(await store.ReadAsync(s => s.Approvals.FindGrant("key", Rows.Noon)));
        Assert.Equal("li", Assert.Single(await store.ReadAsync(s => s.Approvals.Grants(9))).RevokedBy);
    }

    [Fact]
    public async Task Cards_and_actions_are_kept()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var action = new StoredAction("tok", "approvals approve ap1", "web/c1", Rows.Noon);
        await store.WriteAsync(s =>
        {
            s.Approvals.Add(Rows.Approval("ap1"));
            s.Approvals.AddCard(new ApprovalCard("ap1", "m1", "web/c1"));
            s.Approvals.AddCard(new ApprovalCard("ap1", "m2", "web/c2"));
            s.Approvals.AddCard(new ApprovalCard("ap1", "m2", "web/c2"));
            s.Approvals.AddAction(action);
        });

        Assert.Equal(["m1", "m2"], (await store.ReadAsync(s => s.Approvals.Cards("ap1"))).Select(c => c.MessageId));
        Assert.Equal(action, await store.ReadAsync(s => s.Approvals.FindAction("tok")));
        Assert.Null(await store.ReadAsync(s => s.Approvals.FindAction("TOK")));
    }

    public sealed class OnSqlite() : ApprovalStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : ApprovalStoreTests(StoreKind.PostgreSql);
}
