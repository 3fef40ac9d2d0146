using System.Data.Common;

namespace ChatOps.Storage.Sessions;

/// <summary>
/// A prepared statement of one connection, used again and again. Parameters are <c>$1</c>, <c>$2</c>, … (the form that SQLite and PostgreSQL
/// share) and are set in that order.
/// </summary>
internal sealed class SqlStatement : IDisposable
{
    private readonly DbCommand command;
    private readonly DbParameter[] parameters;
    private SqlSession? session;
    private int next;

    /// <summary>Prepares it.</summary>
    public SqlStatement(DbConnection connection, string sql)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        parameters = new DbParameter[CountParameters(sql)];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = command.CreateParameter();
            parameters[i].ParameterName = $"${i + 1}";
            parameters[i].Value = DBNull.Value;
            command.Parameters.Add(parameters[i]);
        }

        command.Prepare();
    }

    /// <summary>Begins a use of it in a session (null: the connection's own statements, such as begin and commit).</summary>
    public SqlStatement For(SqlSession? user)
    {
        session = user;
        next = 0;
        return this;
    }

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set(string? value) => SetValue(value);

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set(long value) => SetValue(value);

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set(long? value) => SetValue(value);

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set(DateTimeOffset value) => SetValue(SqlTime.Write(value));

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set(DateTimeOffset? value) => SetValue(value is { } time ? SqlTime.Write(time) : null);

    /// <summary>Sets the next parameter.</summary>
    public SqlStatement Set<T>(T value) where T : struct, Enum => SetValue(SqlWord<T>.Write(value));

    /// <summary>Runs a statement that changes rows.</summary>
    /// <returns>How many rows.</returns>
    /// <exception cref="InvalidOperationException">The session only reads.</exception>
    public int Execute()
    {
        session?.RequireWritable();
        try
        {
            return Ready().ExecuteNonQuery();
        }
        catch (DbException e)
        {
            throw Fault(e);
        }
    }

    /// <summary>Runs a statement that changes at most one row and returns it.</summary>
    public T? ExecuteReturning<T>(Func<SqlRow, T> map)
    {
        session?.RequireWritable();
        return First(map);
    }

    /// <summary>The first row, or the default.</summary>
    public T? First<T>(Func<SqlRow, T> map)
    {
        try
        {
            using var reader = Ready().ExecuteReader();
            return reader.Read() ? map(new SqlRow(reader)) : default;
        }
        catch (DbException e)
        {
            throw Fault(e);
        }
    }

    /// <summary>All rows.</summary>
    public List<T> All<T>(Func<SqlRow, T> map)
    {
        var rows = new List<T>();
        Visit(row =>
        {
            rows.Add(map(row));
            return true;
        });
        return rows;
    }

    /// <summary>Rows one by one, until the visitor has seen enough.</summary>
    public void Visit(Func<SqlRow, bool> visitor)
    {
        try
        {
            using var reader = Ready().ExecuteReader();
            while (reader.Read() && visitor(new SqlRow(reader)))
            {
            }
        }
        catch (DbException e)
        {
            throw Fault(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => command.Dispose();

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

    private SqlStatement SetValue(object? value)
    {
        parameters[next++].Value = value ?? DBNull.Value;
        return this;
    }

    private DbCommand Ready() => next == parameters.Length
        ? command
        : throw new InvalidOperationException($"{next} of {parameters.Length} parameters are set: {command.CommandText}");

    private Exception Fault(DbException e) => session is null ? e : session.Fault(e);
}
