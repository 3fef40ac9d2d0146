using ChatOps.Storage;

namespace ChatOps.Testing;

/// <summary>A store that is away.</summary>
public sealed class UnavailableStore(string reason) : IStore
{
    public Task<T> WriteAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken) => throw new StoreUnavailableException(reason);

    public Task<T> ReadAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken) => throw new StoreUnavailableException(reason);
}
