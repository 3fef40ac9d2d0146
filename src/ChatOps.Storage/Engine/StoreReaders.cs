using System.Collections.Concurrent;
using System.Data.Common;
using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Engine;

/// <summary>Connections that only read, a snapshot a use. They never wait for the writer.</summary>
internal sealed class StoreReaders(ISqlDatabase database, StorageOptions options) : IDisposable
{
    private readonly SemaphoreSlim free = new(options.Readers, options.Readers);
    private readonly ConcurrentStack<SqlConnection> idle = new();
    private volatile bool closed;

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
        closed = true;
        while (idle.TryPop(out var connection)) connection.Dispose();
    }

    private T Read<T>(Func<IStoreSession, T> work)
    {
        SqlConnection? connection = null;
        SqlSession? session = null;
        try
        {
            connection = Begin();
            session = new SqlSession(connection, writable: false, database.Explain);
            return work(session);
        }
        catch (DbException e)
        {
            connection?.Dispose();
            connection = null;
            throw database.Explain(e) ?? new StoreUnavailableException($"The store cannot be read: {e.Message}", e);
        }
        finally
        {
            session?.End();
            GiveBack(connection, session);
        }
    }

    /// <summary>A connection with its snapshot. One that was idle may have been ended by the server meanwhile; that alone is no reason to refuse.</summary>
    private SqlConnection Begin()
    {
        while (idle.TryPop(out var used))
        {
            try
            {
                return Begin(used);
            }
            catch (DbException)
            {
                // The next one, or a fresh one, tells whether it was the connection or the store.
            }
        }

        return Begin(database.OpenReader());
    }

    private SqlConnection Begin(SqlConnection connection)
    {
        try
        {
            database.RequireInPlace(connection);
            database.BeginRead(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void GiveBack(SqlConnection? connection, SqlSession? session)
    {
        if (connection is null) return;
        if (!closed && session is { Lost: null })
        {
            try
            {
                connection.Execute("ROLLBACK");
                idle.Push(connection);
                return;
            }
            catch (DbException)
            {
                // A connection that cannot even end its snapshot is not used again.
            }
        }

        connection.Dispose();
    }
}
