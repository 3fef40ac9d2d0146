namespace ChatOps.Tests.Storage;

public abstract class ChannelStateStoreTests(StoreKind kind)
{
    [Fact]
    public async Task A_value_belongs_to_one_channel_and_the_newest_holds()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.ChannelState.Set("discord", "session", "one", null);
            s.ChannelState.Set("discord", "session", "two", null);
        });

        Assert.Equal("two", await store.ReadAsync(s => s.ChannelState.Get("discord", "session", Rows.Noon)));
        Assert.Null(await store.ReadAsync(s => s.ChannelState.Get("slack", "session", Rows.Noon)));
        await store.WriteAsync(s => s.ChannelState.Set("discord", "session", null, null));
        Assert.Null(await store.ReadAsync(s => s.ChannelState.Get("discord", "session", Rows.Noon)));
    }

    [Fact]
    public async Task A_value_whose_time_is_over_is_not_found_and_is_pruned()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.ChannelState.Set("discord", "thread", "1", Rows.Noon.AddHours(1));
            s.ChannelState.Set("discord", "kept", "2", null);
        });

        Assert.Equal("1", await store.ReadAsync(s => s.ChannelState.Get("discord", "thread", Rows.Noon)));
        Assert.Null(await store.ReadAsync(s => s.ChannelState.Get("discord", "thread", Rows.Noon.AddHours(1))));
        Assert.Equal(0, await store.WriteAsync(s => s.ChannelState.Prune(Rows.Noon)));
        Assert.Equal(1, await store.WriteAsync(s => s.ChannelState.Prune(Rows.Noon.AddHours(1))));
        Assert.Equal("2", await store.ReadAsync(s => s.ChannelState.Get("discord", "kept", Rows.Noon.AddYears(1))));
    }

    public sealed class OnSqlite() : ChannelStateStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : ChannelStateStoreTests(StoreKind.PostgreSql);
}
