namespace ChatOps.Storage;

/// <summary>
/// One gateway a data directory. The operating system releases the lock when the process ends, however it ends, so a lock file that was left
/// behind locks nothing.
/// </summary>
public interface IDataDirectoryLock : IDisposable
{
    /// <summary>Takes the directory for this process, until disposed; creates it when it does not exist.</summary>
    /// <param name="url">Where this gateway can be reached, when known already.</param>
    /// <returns>Null when taken; otherwise who holds it.</returns>
    /// <exception cref="StoreUnavailableException">The directory cannot be made or written.</exception>
    DataDirectoryHolder? TryTake(string? url);

    /// <summary>Notes where this gateway can be reached, once it listens. The lock must be held.</summary>
    void SetUrl(string url);

    /// <summary>Who holds the directory now (this process too); null for nobody.</summary>
    DataDirectoryHolder? Holder();
}
