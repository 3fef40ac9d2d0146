using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Engine;

/// <summary>The store on a database: one writer, a few readers, opened once.</summary>
internal sealed partial class SqlStore(
    ISqlDatabase database,
    StorageOptions options,
    AfterCommitPublisher publisher,
    StoreMetrics metrics,
    TimeProvider time,
    ILogger<GroupCommit> commitLog,
    ILogger<SqlStore> logger) : IStore, IStoreInitializer, IAsyncDisposable
{
    private readonly Lock gate = new();
    private volatile StoreWriter? writer;
    private volatile StoreReaders? readers;
    private volatile bool closed;

    /// <summary>The writer, once open.</summary>
    public StoreWriter? Writer => writer;

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (closed) throw Closed();
            if (writer is not null) return Task.CompletedTask;
            var first = database.Open();
            readers = new StoreReaders(database, options, time);
            writer = new StoreWriter(new GroupCommit(database, first, publisher, metrics, commitLog), options);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken)
    {
        var write = new QueuedWriteOf<T>(work);
        await (closed || writer is not { } open ? throw NotOpen() : open).WriteAsync(write, cancellationToken);
        if (!cancellationToken.CanBeCanceled || write.Task.IsCompleted) return await write.Task;
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((QueuedWriteOf<T>)state!).Withdraw(token), write);
        return await write.Task;
    }

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken) =>
        closed || readers is not { } open ? throw NotOpen() : open.ReadAsync(work, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (closed) return;
            closed = true;
        }

        if (writer is { } open)
        {
            open.Queue.Close();
            try
            {
                await open.Ended.WaitAsync(options.CloseTimeout);
            }
            catch (TimeoutException)
            {
                // Callers of writes that are still under way hear of them or see the process end; the log keeps what was committed.
                LogNotDrained(logger, open.Queue.Count);
            }
        }

        readers?.Dispose();
        database.Dispose();
    }

    private Exception NotOpen() => closed ? Closed() : new InvalidOperationException("The store is not open: IStoreInitializer.InitializeAsync comes first.");

    private static StoreUnavailableException Closed() => new("The store is closed because the gateway is stopping. Nothing was saved.");
}
