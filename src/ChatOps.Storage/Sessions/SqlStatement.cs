using System.Data.Common;

namespace ChatOps.Storage.Sessions;

/// <summary>
/// A prepared statement of one connection, used again and again. Parameters are <c>$1</c>, <c>$2</c>, … (the form that SQLite and PostgreSQL
/// share) and are set in that order. A provider supplies binding, stepping and columns.
/// </summary>
/// <param name="sql">The text.</param>
internal abstract class SqlStatement(string sql) : IDisposable
{
    private SqlSession? session;
    private int set;

    /// <summary>Whether rows of it are being read.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Begins a use of it in a session (null: the connection's own statements, such as begin and commit).</summary>
    public SqlStatement For(SqlSession? user)
    {
        if (IsRunning) throw new InvalidOperationException($"The statement is still in use: {sql}");
        session = user;
        set = 0;
        return this;
    }

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set(string? value)
    {
        if (value is null) BindNull(++set);
        else Bind(++set, value);
        return this;
    }

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set(long value)
    {
        Bind(++set, value);
        return this;
    }

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set(DateTimeOffset value) => Set(SqlTime.Write(value));

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set(DateTimeOffset? value) => value is { } time ? Set(time) : Set((string?)null);

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set<T>(T value) where T : struct, Enum => Set(SqlWord<T>.Write(value));

    /// <summary>Runs a statement that changes rows, however many. A server may hear of it together with the next question, and refuse it only there.</summary>
    /// <exception cref="InvalidOperationException">The session only reads.</exception>
    public void Execute()
    {
        session?.RequireWritable();
        RequireParameters();
        try
        {
            Put();
        }
        catch (DbException e) when (session is not null)
        {
            throw session.Fault(e);
        }
    }

    /// <summary>Runs a statement that changes rows.</summary>
    /// <returns>How many rows.</returns>
    /// <exception cref="InvalidOperationException">The session only reads.</exception>
    public int ExecuteCount()
    {
        session?.RequireWritable();
        Run(static _ => true);
        return Changed;
    }

    /// <summary>Runs a statement that changes at most one row and returns it.</summary>
    public T? ExecuteReturning<T>(Func<SqlRow, T> map)
    {
        session?.RequireWritable();

        // To its end: a statement that is left half-way has not changed what it returns.
        T? result = default;
        Run(row =>
        {
            result = map(row);
            return true;
        });
        return result;
    }

    /// <summary>The first row, or the default.</summary>
    public T? First<T>(Func<SqlRow, T> map)
    {
        T? result = default;
        Run(row =>
        {
            result = map(row);
            return false;
        });
        return result;
    }

    /// <summary>Asks for the first row, at once or together with the next question.</summary>
    public IAnswer<T?> Ahead<T>(Func<SqlRow, T> map)
    {
        RequireParameters();
        var answer = new Answer<T>(session!.Flush);
        try
        {
            PutQuestion(hasRow =>
            {
                if (hasRow) answer.Read(map, new SqlRow(this));
                else answer.Read();
            });
        }
        catch (DbException e)
        {
            throw session.Fault(e);
        }

        return answer;
    }

    /// <summary>All rows.</summary>
    public List<T> All<T>(Func<SqlRow, T> map)
    {
        var rows = new List<T>();
        Run(row =>
        {
            rows.Add(map(row));
            return true;
        });
        return rows;
    }

    /// <summary>Rows one by one, until the visitor has seen enough.</summary>
    public void Visit(Func<SqlRow, bool> visitor) => Run(visitor);

    /// <summary>A text of the current row.</summary>
    public abstract string Text(int column);

    /// <summary>A number of the current row.</summary>
    public abstract long Number(int column);

    /// <summary>Whether a column of the current row is null.</summary>
    public abstract bool IsNull(int column);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The text.</summary>
    protected string Sql => sql;

    /// <summary>How many parameters the text has.</summary>
    protected int Parameters { get; } = CountParameters(sql);

    /// <summary>Rows that the last run changed.</summary>
    protected abstract int Changed { get; }

    /// <summary>Sets a parameter, from 1.</summary>
    protected abstract void Bind(int parameter, string value);

    /// <summary>Sets a parameter, from 1.</summary>
    protected abstract void Bind(int parameter, long value);

    /// <summary>Sets a parameter, from 1.</summary>
    protected abstract void BindNull(int parameter);

    /// <summary>Goes to the next row; false at the end.</summary>
    protected abstract bool Step();

    /// <summary>Makes it ready for its next use.</summary>
    protected abstract void Reset();

    /// <summary>Runs it, at once or together with the next one that has an answer.</summary>
    protected virtual void Put()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Asks, at once or together with the next question, and tells whether there is a row; during that it can be read.</summary>
    protected virtual void PutQuestion(Action<bool> read)
    {
        try
        {
            read(Step());
        }
        finally
        {
            Reset();
        }
    }

    private static int CountParameters(string sql)
    {
        var highest = 0;
        for (var i = sql.IndexOf('$'); i >= 0; i = sql.IndexOf('$', i + 1))
        {
            var number = 0;
            for (var at = i + 1; at < sql.Length && char.IsAsciiDigit(sql[at]); at++) number = (number * 10) + (sql[at] - '0');
            highest = Math.Max(highest, number);
        }

        return highest;
    }

    private void RequireParameters()
    {
        if (set != Parameters) throw new InvalidOperationException($"{set} of {Parameters} parameters are set: {sql}");
    }

    private void Run(Func<SqlRow, bool> visitor)
    {
        RequireParameters();
        IsRunning = true;
        try
        {
            StepThrough(visitor);
        }
        catch (DbException e) when (session is not null)
        {
            throw session.Fault(e);
        }
        finally
        {
            IsRunning = false;
        }
    }

    private void StepThrough(Func<SqlRow, bool> visitor)
    {
        try
        {
            while (Step() && visitor(new SqlRow(this)))
            {
            }
        }
        finally
        {
            Reset();
        }
    }
}
