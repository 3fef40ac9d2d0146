namespace ChatOps.Storage;

/// <summary>
/// The truth. Writes are grouped: many waiting writes share one commit, and each caller completes only after its commit is on disk.
/// A write whose delegate throws is rolled back alone. Delegates contain database work only: no I/O, no waiting, and they may be run again.
/// </summary>
public interface IStore
{
    /// <summary>Runs <paramref name="work"/> in a transaction and completes after the commit.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was committed (locked, full, read-only, gone). Fail closed.</exception>
    Task<T> WriteAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> on a consistent snapshot; never waits for writers. Writing in it throws.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    Task<T> ReadAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken);
}
