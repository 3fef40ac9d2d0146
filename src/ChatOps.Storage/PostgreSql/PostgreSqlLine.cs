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
    private readonly List<Action<NpgsqlDataReader>> answers = [];
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
    /// <param name="answer">Reads the rows by which it is answered, or leaves them; null for one that has none.</param>
    public void Put(NpgsqlBatchCommand statement, Action<NpgsqlDataReader>? answer = null)
    {
        waiting.Add(statement);
        if (answer is not null) answers.Add(answer);
        if (waiting.Count >= MaxWaiting) Flush();
    }

    /// <summary>Sends what waits and a question; the reader is at the question's rows.</summary>
    public NpgsqlDataReader Ask(NpgsqlBatchCommand question)
    {
        waiting.Add(question);
        return Send();
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
        if (HasWaiting) Close(Send());
    }

    /// <inheritdoc/>
    public void Forget()
    {
        waiting.Clear();
        answers.Clear();
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

    // Leaves the reader behind the answers of what waited.
    private NpgsqlDataReader Send()
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var statement in waiting) batch.BatchCommands.Add(statement);
        Action<NpgsqlDataReader>[] asked = [.. answers];
        Forget();
        NpgsqlDataReader? reader = null;
        try
        {
            reader = batch.ExecuteReader();
            foreach (var answer in asked)
            {
                answer(reader);
                reader.NextResult();
            }

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
}
