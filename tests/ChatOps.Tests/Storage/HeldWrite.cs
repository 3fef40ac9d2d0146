using ChatOps.Storage;
using ChatOps.Testing;

namespace ChatOps.Tests.Storage;

/// <summary>A write that stays inside until it is released: whatever is written meanwhile waits behind it, however the threads are scheduled.</summary>
internal sealed class HeldWrite : IAsyncDisposable
{
    private readonly ManualResetEventSlim hold = new();
    private readonly TaskCompletionSource inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task write;

    private HeldWrite(StoreFixture store, Action<IStoreSession>? work) => write = Task.Run(() => store.WriteAsync(s =>
    {
        work?.Invoke(s);
        inside.SetResult();
        hold.Wait();
    }));

    /// <summary>Begins one, and returns when it is inside.</summary>
    public static async Task<HeldWrite> BeginAsync(StoreFixture store, Action<IStoreSession>? work = null)
    {
        var held = new HeldWrite(store, work);
        await held.inside.Task.WaitAsync(Until.Limit);
        return held;
    }

    /// <summary>Lets it end, and waits for that.</summary>
    public Task EndAsync()
    {
        hold.Set();
        return write;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        hold.Dispose();
    }
}
