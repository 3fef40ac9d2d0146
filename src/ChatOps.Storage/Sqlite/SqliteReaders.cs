using System.Collections.Concurrent;
using System.Data.Common;
using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Sqlite;

/// <summary>Connections that only read, a snapshot a use. They never wait for the writer.</summary>
internal sealed class SqliteReaders(SqliteFile file, SqlConnection anchor, StorageOptions options) : IDisposable
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
            connection = Open();
            file.RequireInPlace(connection);
            connection.Execute("BEGIN");
            session = new SqlSession(connection, writable: false, file.Faults.Explain);
            return work(session);
        }
        catch (DbException e)
        {
            connection?.Dispose();
            connection = null;
            throw file.Faults.Explain(e) ?? new StoreUnavailableException($"The store cannot be read: {e.Message}", e);
        }
        finally
        {
            session?.End();
            GiveBack(connection, session);
        }
    }

    private SqlConnection Open()
    {
        if (idle.TryPop(out var connection)) return connection;
        file.RequireAnchorInPlace(anchor);
        return file.OpenReader();
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
