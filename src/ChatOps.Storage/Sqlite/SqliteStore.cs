using ChatOps.Storage.Sessions;
using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Sqlite;

/// <summary>The store on SQLite: one writer, a few readers, opened once.</summary>
internal sealed partial class SqliteStore(
    SqliteFile file,
    SqliteOpening opening,
    StorageOptions options,
    AfterCommitPublisher publisher,
    StoreMetrics metrics,
    ILogger<GroupCommit> commitLog,
    ILogger<SqliteStore> logger) : IStore, IStoreInitializer, IAsyncDisposable
{
    private readonly Lock gate = new();
    private volatile SqliteWriter? writer;
    private volatile SqliteReaders? readers;
    private SqlConnection? anchor;
    private volatile bool closed;

    /// <summary>The writer, once open.</summary>
    public SqliteWriter? Writer => writer;

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (closed) throw Closed();
            if (writer is not null) return Task.CompletedTask;
            var first = opening.Open();
            try
            {
                // Stays open for good: it remembers which file is ours, so that another one at its path is never taken for it.
                anchor = file.OpenReader();
                anchor.Statement("SELECT COUNT(*) FROM schema_version").First(_ => 0);
            }
            catch
            {
                anchor?.Dispose();
                first.Dispose();
                throw;
            }

            readers = new SqliteReaders(file, anchor, options);
            writer = new SqliteWriter(new GroupCommit(file, first, anchor, publisher, metrics, commitLog), options);
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
        anchor?.Dispose();
    }

    private Exception NotOpen() => closed ? Closed() : new InvalidOperationException("The store is not open: IStoreInitializer.InitializeAsync comes first.");

    private static StoreUnavailableException Closed() => new("The store is closed because the gateway is stopping. Nothing was saved.");
}
