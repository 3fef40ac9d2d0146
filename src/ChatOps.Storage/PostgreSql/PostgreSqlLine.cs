using System.Data;
using System.Data.Common;
using ChatOps.Storage.Sessions;
using Npgsql;

namespace ChatOps.Storage.PostgreSql;

/// <summary>One connection's statements on their way: what waits and the question behind it are one message to the server (its pipeline mode), and are done in order up to the first that fails.</summary>
/// <param name="connection">The connection.</param>
internal sealed class PostgreSqlLine(NpgsqlConnection connection) : IStatementLine
{
    /// <summary>More are not held back.</summary>
    private const int MaxWaiting = 64;

    private readonly List<NpgsqlBatchCommand> waiting = [];
    private int withRows;
    private bool mustEnd;

    /// <inheritdoc/>
    public bool HasWaiting => waiting.Count > 0;

    /// <inheritdoc/>
    public bool HasBegun { get; private set; }

    /// <inheritdoc/>
    public void Begin(string sql)
    {
        HasBegun = false;
        waiting.Add(new NpgsqlBatchCommand(sql));
    }

    /// <summary>Adds a statement to what waits.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="hasRows">Whether it is answered by rows, which nobody reads.</param>
    public void Put(NpgsqlBatchCommand statement, bool hasRows = false)
    {
        waiting.Add(statement);
        if (hasRows) withRows++;
        if (waiting.Count >= MaxWaiting) Flush();
    }

    /// <summary>Sends what waits and a question; the reader is at the question's rows.</summary>
    public NpgsqlDataReader Ask(NpgsqlBatchCommand question)
    {
        waiting.Add(question);
        var skipped = withRows;
        var batch = Take();
        NpgsqlDataReader? reader = null;
        try
        {
            reader = batch.ExecuteReader();
            for (var i = 0; i < skipped; i++) reader.NextResult();
            HasBegun = mustEnd = true;
            return reader;
        }
        catch (Exception e)
        {
            mustEnd |= e is PostgresException;
            if (reader is not null) Close(reader);
            if (IsBreak(e)) throw Broken(e);
            throw;
        }
    }

    /// <summary>The next row of what was asked.</summary>
    public bool Read(NpgsqlDataReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception e) when (IsBreak(e))
        {
            throw Broken(e);
        }
    }

    /// <summary>Takes the rest of the answer.</summary>
    public void Close(NpgsqlDataReader reader)
    {
        try
        {
            reader.Dispose();
        }
        catch (Exception e) when (IsBreak(e))
        {
            throw Broken(e);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (!HasWaiting) return;
        using var batch = Take();
        try
        {
            batch.ExecuteNonQuery();
            HasBegun = mustEnd = true;
        }
        catch (Exception e)
        {
            mustEnd |= e is PostgresException;
            if (IsBreak(e)) throw Broken(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Forget()
    {
        waiting.Clear();
        withRows = 0;
    }

    /// <inheritdoc/>
    public void Rollback(bool atOnce)
    {
        Forget();
        if (!mustEnd) return;
        waiting.Add(new NpgsqlBatchCommand("ROLLBACK"));
        if (atOnce) Flush();
        HasBegun = mustEnd = false;
    }

    /// <summary>A broken connection as the driver's kind of error, whatever it was said by.</summary>
    public static NpgsqlException Broken(Exception error) => new("The connection to the server broke.", new IOException(error.Message, error));

    // In the middle of several statements, and on a connection that it has given up, the driver says so by whatever comes first.
    private bool IsBreak(Exception error) => error is not DbException && connection.State != ConnectionState.Open;

    private NpgsqlBatch Take()
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var statement in waiting) batch.BatchCommands.Add(statement);
        Forget();
        return batch;
    }
}
