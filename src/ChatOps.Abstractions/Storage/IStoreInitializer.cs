namespace ChatOps.Storage;

/// <summary>Opens the store: creates it at the first start, brings it to this program's version, refuses what it cannot serve. The host calls it once, before anything else uses <see cref="IStore"/>.</summary>
public interface IStoreInitializer
{
    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened, is damaged, or was written by a newer program; the message says what to do.</exception>
    Task InitializeAsync(CancellationToken cancellationToken);
}
