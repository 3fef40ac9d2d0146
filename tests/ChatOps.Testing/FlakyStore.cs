using ChatOps.Storage;

namespace ChatOps.Testing;

/// <summary>A store that goes away and comes back as the test says.</summary>
public sealed class FlakyStore(IStore inner) : IStore
{
    private int refused;

    /// <summary>Whether it is away now.</summary>
    public bool IsAway { get; set; }

    /// <summary>Happens after each commit, before the writer learns of it.</summary>
    public Action AfterCommit { get; set; } = () => { };

    /// <summary>How often it was asked while away.</summary>
    public int Refused => refused;

    public async Task<T> WriteAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken)
    {
        if (IsAway) return await Refuse<T>();
        var result = await inner.WriteAsync(work, cancellationToken);
        AfterCommit();
        return result;
    }

    public Task<T> ReadAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken) =>
        IsAway ? Refuse<T>() : inner.ReadAsync(work, cancellationToken);

    private Task<T> Refuse<T>()
    {
        Interlocked.Increment(ref refused);
        return Task.FromException<T>(new StoreUnavailableException("The store is away."));
    }
}
