using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Tests.Storage;

public abstract class AdmissionStoreTests(StoreKind kind)
{
    private static readonly Actor Eve = new("slack", "T1", "U1", "Eve");
    private static readonly PairingRow Asked = new("K7M2QX9A", Eve, "slack/D1", "in1", Rows.Noon, Rows.Noon.AddHours(1)) { Cards = ["m1", "m2"] };

    [Fact]
    public async Task A_request_is_found_by_its_code_and_by_its_actor_until_it_is_over()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Admissions.SetPairing(Asked));

        Assert.Equivalent(Asked, await store.ReadAsync(s => s.Admissions.FindPairing(Eve, Rows.Noon)), strict: true);
        Assert.Equivalent(Asked, await store.ReadAsync(s => s.Admissions.FindPairing("K7M2QX9A", Rows.Noon)), strict: true);
        Assert.Equivalent(Asked, Assert.Single(await store.ReadAsync(s => s.Admissions.Pairings(Rows.Noon, 10))), strict: true);
        Assert.Null(await store.ReadAsync(s => s.Admissions.FindPairing(Eve with { Tenant = "T2" }, Rows.Noon)));
        Assert.Null(await store.ReadAsync(s => s.Admissions.FindPairing("K7M2QX9A", Asked.ExpiresAt)));
        Assert.Empty(await store.ReadAsync(s => s.Admissions.Pairings(Asked.ExpiresAt, 10)));
    }

    [Fact]
    public async Task A_denied_request_is_found_by_its_actor_alone()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Admissions.SetPairing(Asked));
        await store.WriteAsync(s => s.Admissions.SetPairing(Asked with { Denied = true }));

        Assert.True((await store.ReadAsync(s => s.Admissions.FindPairing(Eve, Rows.Noon)))!.Denied);
        Assert.Null(await store.ReadAsync(s => s.Admissions.FindPairing("K7M2QX9A", Rows.Noon)));
        Assert.Empty(await store.ReadAsync(s => s.Admissions.Pairings(Rows.Noon, 10)));
    }

    [Fact]
    public async Task What_is_over_is_pruned_and_admitted_groups_stay()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Admissions.SetPairing(Asked);
            s.Admissions.SetGroup(new GroupRow("telegram", "-1", "Ops", true, "ada", Rows.Noon));
            s.Admissions.SetGroup(new GroupRow("telegram", "-2", "Noise", false, null, Rows.Noon));
        });

        Assert.Equal(0, await store.WriteAsync(s => s.Admissions.Prune(Rows.Noon, Rows.Noon)));
        Assert.Equal(2, await store.WriteAsync(s => s.Admissions.Prune(Asked.ExpiresAt, Rows.Noon.AddDays(1))));
        Assert.Equal(["-1"], (await store.ReadAsync(s => s.Admissions.Groups(10))).Select(g => g.Chat));
    }

    [Fact]
    public async Task A_group_is_set_found_and_removed()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var group = new GroupRow("discord", "77", "Ops", false, null, Rows.Noon);
        await store.WriteAsync(s => s.Admissions.SetGroup(group));
        await store.WriteAsync(s => s.Admissions.SetGroup(group with { Admitted = true, DecidedBy = "ada" }));

        Assert.Equal(group with { Admitted = true, DecidedBy = "ada" }, await store.ReadAsync(s => s.Admissions.FindGroup("discord", "77")));
        Assert.True(await store.WriteAsync(s => s.Admissions.RemoveGroup("discord", "77")));
        Assert.False(await store.WriteAsync(s => s.Admissions.RemoveGroup("discord", "77")));
        Assert.Null(await store.ReadAsync(s => s.Admissions.FindGroup("discord", "77")));
    }

    [Fact]
    public async Task Where_somebody_was_last_is_one_conversation()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Admissions.SetPlace("ada", "web/c1", Rows.Noon);
            s.Admissions.SetPlace("ada", "slack/D1", Rows.Noon.AddMinutes(1));
        });

        Assert.Equal("slack/D1", await store.ReadAsync(s => s.Admissions.PlaceOf("ada")));
        Assert.Null(await store.ReadAsync(s => s.Admissions.PlaceOf("bob")));
    }

    public sealed class OnSqlite() : AdmissionStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : AdmissionStoreTests(StoreKind.PostgreSql);
}
