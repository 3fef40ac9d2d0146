namespace ChatOps.Tests.Storage;

public abstract class LeaseStoreTests(StoreKind kind)
{
    private static readonly DateTimeOffset Noon = Rows.Noon;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Of_many_who_want_a_lease_at_once_one_gets_it()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var tokens = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => store.WriteAsync(s => s.Leases.TryTake("poll", $"g{i}", Noon, Long)))));
        Assert.Equal(1, Assert.Single(tokens, t => t is not null));
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_taken_under_a_higher_token_and_refuses_the_old_one()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var first = await store.WriteAsync(s => s.Leases.TryTake("poll", "one", Noon, Long));
        Assert.Null(await store.WriteAsync(s => s.Leases.TryTake("poll", "two", Noon + Long - TimeSpan.FromMilliseconds(1), Long)));
        var second = await store.WriteAsync(s => s.Leases.TryTake("poll", "two", Noon + Long, Long));
        Assert.True(second > first);
        var later = Noon + Long + TimeSpan.FromSeconds(1);
        Assert.False(await store.WriteAsync(s => s.Leases.Renew("poll", first!.Value, later, Long)));
        Assert.False(await store.ReadAsync(s => s.Leases.Holds("poll", first!.Value, later)));
        Assert.True(await store.ReadAsync(s => s.Leases.Holds("poll", second!.Value, later)));
        await store.WriteAsync(s => s.Leases.Release("poll", first!.Value));
        Assert.True(await store.ReadAsync(s => s.Leases.IsHeld("poll", later, Long)));
    }

    [Fact]
    public async Task Renewed_in_time_it_goes_on_and_after_its_time_it_cannot_be_renewed()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var token = (await store.WriteAsync(s => s.Leases.TryTake("poll", "one", Noon, Long)))!.Value;
        var later = Noon + TimeSpan.FromSeconds(8);
        Assert.True(await store.WriteAsync(s => s.Leases.Renew("poll", token, later, Long)));
        Assert.True(await store.ReadAsync(s => s.Leases.Holds("poll", token, Noon + Long)));
        Assert.False(await store.ReadAsync(s => s.Leases.Holds("poll", token, later + Long)));
        Assert.False(await store.WriteAsync(s => s.Leases.Renew("poll", token, later + Long, Long)));
    }

    [Fact]
    public async Task A_clock_that_is_put_back_does_not_lock_everybody_out()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Leases.TryTake("poll", "dead", Noon, Long));
        var before = Noon - TimeSpan.FromHours(1);
        Assert.False(await store.ReadAsync(s => s.Leases.IsHeld("poll", before, Long)));
        Assert.NotNull(await store.WriteAsync(s => s.Leases.TryTake("poll", "two", before, Long)));
    }

    [Fact]
    public async Task One_that_is_given_back_is_free_and_the_leases_of_the_dead_end_at_the_start_of_who_is_alone()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var token = (await store.WriteAsync(s => s.Leases.TryTake("poll", "one", Noon, Long)))!.Value;
        await store.WriteAsync(s => s.Leases.Release("poll", token));
        Assert.NotNull(await store.WriteAsync(s => s.Leases.TryTake("poll", "two", Noon, Long)));
        Assert.Equal(0, await store.WriteAsync(s => s.Leases.ReleaseOthers("two")));
        Assert.Equal(1, await store.WriteAsync(s => s.Leases.ReleaseOthers("three")));
        Assert.NotNull(await store.WriteAsync(s => s.Leases.TryTake("poll", "three", Noon, Long)));
    }

    public sealed class OnSqlite() : LeaseStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : LeaseStoreTests(StoreKind.PostgreSql);
}
