using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Engine;

/// <summary>
/// Connections that only read, a snapshot a use. They never wait for the writer. The end of a snapshot may be told with the beginning of the next; one that has none soon
/// is told of it alone, because a server keeps what an open snapshot can still see.
/// </summary>
internal sealed class StoreReaders(ISqlDatabase database, StorageOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim free = new(options.Readers, options.Readers);
    private readonly ConcurrentStack<SqlConnection> idle = new();
    private readonly ConcurrentStack<SqlConnection> unfinished = new();
    private readonly CancellationTokenSource closing = new();
    private int tidying;

    /// <summary>Runs a delegate on a snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken)
    {
        if (!await free.WaitAsync(options.ReaderTimeout, cancellationToken))
            throw new StoreUnavailableException($"The store is too busy: all {options.Readers} readers have been in use for {options.ReaderTimeout.TotalSeconds:0} s. Try again later.");
        try
        {
            return Read(work);
        }
        finally
        {
            free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        closing.Cancel();
        while (TryTake(out var connection)) connection.Dispose();
    }

    private T Read<T>(Func<IStoreSession, T> work)
    {
        if (TryTake(out var used))
        {
            var session = new SqlSession(used, writable: false, database.Explain);
            try
            {
                return Read(used, session, work);
            }
            catch (Exception e) when (e is StoreUnavailableException or DbException && used is { HasBegun: false, Driver.State: not ConnectionState.Open })
            {
                // The server may have ended it while it was idle, which alone is no reason to refuse. A fresh one tells whether it was the connection or the store.
            }
        }

        try
        {
            var fresh = database.OpenReader();
            return Read(fresh, new SqlSession(fresh, writable: false, database.Explain), work);
        }
        catch (DbException e)
        {
            throw database.Explain(e) ?? new StoreUnavailableException($"The store cannot be read: {e.Message}", e);
        }
    }

    private T Read<T>(SqlConnection connection, SqlSession session, Func<IStoreSession, T> work)
    {
        var usable = false;
        try
        {
            database.RequireInPlace(connection);
            database.BeginRead(connection);
            usable = true;
            return work(session);
        }
        finally
        {
            session.End();
            if (usable && session.Lost is null && connection.Driver.State == ConnectionState.Open) GiveBack(connection);
            else connection.Dispose();
        }
    }

    private bool TryTake([MaybeNullWhen(false)] out SqlConnection connection) => unfinished.TryPop(out connection) || idle.TryPop(out connection);

    private void GiveBack(SqlConnection connection)
    {
        try
        {
            connection.EndRead();
        }
        catch (DbException)
        {
            // A connection that cannot even end its snapshot is not used again.
            connection.Dispose();
            return;
        }

        (connection.HasWaiting ? unfinished : idle).Push(connection);
        if (closing.IsCancellationRequested) Dispose();
        else if (connection.HasWaiting) Tidy();
    }

    private void Tidy()
    {
        if (!closing.IsCancellationRequested && Interlocked.Exchange(ref tidying, 1) == 0) _ = TidyAsync();
    }

    /// <summary>Ends the snapshots that nobody used again soon, each while no reader can want its connection.</summary>
    private async Task TidyAsync()
    {
        try
        {
            while (!unfinished.IsEmpty)
            {
                var open = unfinished.Count;
                await Task.Delay(Soon, time, closing.Token);
                for (; open > 0; open--)
                {
                    await free.WaitAsync(closing.Token);
                    if (unfinished.TryPop(out var connection)) Finish(connection);
                    free.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closed: the connections are, too.
        }
        finally
        {
            Volatile.Write(ref tidying, 0);
        }

        // One may have come after the last look.
        if (!unfinished.IsEmpty) Tidy();
    }

    private void Finish(SqlConnection connection)
    {
        try
        {
            connection.Flush();
            idle.Push(connection);
        }
        catch (DbException)
        {
            connection.Dispose();
        }
    }
}
