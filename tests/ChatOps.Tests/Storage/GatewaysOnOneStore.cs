using ChatOps.Testing;

namespace ChatOps.Tests.Storage;

/// <summary>The stores of several gateways, on one database.</summary>
internal sealed class GatewaysOnOneStore : IAsyncDisposable
{
    private readonly TempDirectory folder = new();
    private readonly List<StoreFixture> stores = [];

    public StoreFixture this[int number] => stores[number];

    public static async Task<GatewaysOnOneStore> OpenAsync(int count)
    {
        var all = new GatewaysOnOneStore();
        for (var i = 0; i < count; i++) all.stores.Add(await StoreFixture.OpenAsync(StoreKind.PostgreSql, all.folder.Path));
        return all;
    }

    /// <summary>Does the same on each at the same moment.</summary>
    public async Task<T[]> TogetherAsync<T>(Func<StoreFixture, int, Task<T>> work)
    {
        using var start = new Barrier(stores.Count);
        return await Task.WhenAll(stores.Select((store, n) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return work(store, n);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores) await store.DisposeAsync();
        folder.Dispose();
    }
}
