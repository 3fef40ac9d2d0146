using ChatOps.Tools;

namespace ChatOps.Tests.Storage;

public abstract class InvocationStoreTests(StoreKind kind)
{
    [Fact]
    public async Task What_is_added_is_found_unchanged()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var row = Rows.Invocation("i1", "key");
        Assert.True(await store.WriteAsync(s => s.Invocations.Add(row)));

        var found = await store.ReadAsync(s => s.Invocations.Find("i1"));

        Assert.Equal(row.Targets, found!.Targets);
        Assert.Equal(row, found with { Targets = row.Targets });
        Assert.Equal("i1", (await store.ReadAsync(s => s.Invocations.FindByKey("uma", "key")))!.Id);
        Assert.Null(await store.ReadAsync(s => s.Invocations.FindByKey("li", "key")));
    }

    [Fact]
    public async Task An_id_and_a_principals_key_are_taken_once()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        Assert.True(await store.WriteAsync(s => s.Invocations.Add(Rows.Invocation("i1", "key"))));

        Assert.False(await store.WriteAsync(s => s.Invocations.Add(Rows.Invocation("i2", "key"))));
        Assert.False(await store.WriteAsync(s => s.Invocations.Add(Rows.Invocation("i1", "other"))));
        Assert.True(await store.WriteAsync(s => s.Invocations.Add(Rows.Invocation("i3", "key") with { Principal = "li" })));
        Assert.True(await store.WriteAsync(s => s.Invocations.Add(Rows.Invocation("i4"))));
        Assert.True(await store.WriteAsync(s => s.Invocations.Add(Rows.Invocation("i5"))));
    }

    [Fact]
    public async Task A_status_moves_only_from_the_expected_one_and_nulls_keep_what_is_there()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Invocations.Add(Rows.Invocation("i1") with { Status = InvocationStatus.Waiting, ApprovalId = "ap1" }));

        Assert.True(await store.WriteAsync(s => s.Invocations.CompareAndSet("i1", InvocationStatus.Waiting, InvocationStatus.Running, "g2", null, "au1", null, null)));
        Assert.False(await store.WriteAsync(s => s.Invocations.CompareAndSet("i1", InvocationStatus.Waiting, InvocationStatus.Running, "g3", null, null, null, null)));
        Assert.True(await store.WriteAsync(s => s.Invocations.CompareAndSet("i1", InvocationStatus.Running, InvocationStatus.Done, null, null, null, "{}", Rows.Noon)));

        var row = (await store.ReadAsync(s => s.Invocations.Find("i1")))!;
        Assert.Equal((InvocationStatus.Done, "g2", "ap1", "au1", "{}", Rows.Noon), (row.Status, row.Holder, row.ApprovalId, row.IntentAuditId, row.OutcomeJson, row.FinishedAt!.Value));
    }

    [Fact]
    public async Task Rows_are_listed_by_status_conversation_and_node()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Invocations.Add(Rows.Invocation("i1"));
            s.Invocations.Add(Rows.Invocation("i2") with { Status = InvocationStatus.Waiting, Targets = ["web-2"] });
            s.Invocations.Add(Rows.Invocation("i3") with { Status = InvocationStatus.Done, Targets = ["web-2", "web-2"] });
            s.Invocations.Add(Rows.Invocation("i4", conversation: "web/c2"));
        });

        Assert.Equal(["i1", "i4"], (await store.ReadAsync(s => s.Invocations.InStatus(InvocationStatus.Running, 9))).Select(r => r.Id));
        Assert.Equal(["i3"], (await store.ReadAsync(s => s.Invocations.InStatus(InvocationStatus.Done, 9))).Select(r => r.Id));
        Assert.Equal(["i1", "i2"], (await store.ReadAsync(s => s.Invocations.OpenIn("web/c1"))).Select(r => r.Id));
        Assert.Equal(["i4", "i3", "i2"], (await store.ReadAsync(s => s.Invocations.RecentOn("web-2", 3))).Select(r => r.Id));
    }

    public sealed class OnSqlite() : InvocationStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : InvocationStoreTests(StoreKind.PostgreSql);
}
