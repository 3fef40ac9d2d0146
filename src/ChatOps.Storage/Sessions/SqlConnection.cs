using System.Data.Common;

namespace ChatOps.Storage.Sessions;

/// <summary>An open connection with its prepared statements. One transaction, and so one thread, at a time.</summary>
/// <param name="connection">The driver's connection; owned.</param>
/// <param name="prepare">The provider's way to prepare a statement.</param>
/// <param name="line">Where statements wait until they are sent; null when each runs at once.</param>
internal sealed class SqlConnection(DbConnection connection, Func<string, SqlStatement> prepare, IStatementLine? line = null) : IDisposable
{
    /// <summary>Prepared texts that are kept. Filters make many texts; what is used all the time is back at once.</summary>
    private const int MaxStatements = 256;

    private readonly Dictionary<string, SqlStatement> statements = new(StringComparer.Ordinal);

    /// <summary>The driver's connection.</summary>
    public DbConnection Driver => connection;

    /// <summary>The prepared statement for this text.</summary>
    public SqlStatement Statement(string sql, SqlSession? session = null)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            if (statements.Count >= MaxStatements) DropIdle();
            statements.Add(sql, statement = prepare(sql));
        }

        return statement.For(session);
    }

    /// <summary>Whether statements still wait to be sent.</summary>
    public bool HasWaiting => line is { HasWaiting: true };

    /// <summary>Whether the database has answered since the transaction was begun; one that was not begun there can be begun elsewhere without harm.</summary>
    public bool HasBegun => line is not { HasBegun: false };

    /// <summary>Runs a statement without parameters, outside any session, and everything that waits before it.</summary>
    public void Execute(string sql) => Statement(sql).ExecuteCount();

    /// <summary>Begins a transaction, at the latest with its first statement.</summary>
    public void Begin(string sql)
    {
        if (line is null) Execute(sql);
        else line.Begin(sql);
    }

    /// <summary>Sends what waits.</summary>
    public void Flush() => line?.Flush();

    /// <summary>Forgets what waits.</summary>
    public void Forget() => line?.Forget();

    /// <summary>Ends the transaction without saving anything.</summary>
    public void Rollback()
    {
        if (line is null) Execute("ROLLBACK");
        else line.Rollback(atOnce: true);
    }

    /// <summary>The same for one that only read: the database may hear of it with the next one, see <see cref="HasWaiting"/>.</summary>
    public void EndRead()
    {
        if (line is null) Execute("ROLLBACK");
        else line.Rollback(atOnce: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        connection.Dispose();
    }

    private void DropIdle()
    {
        foreach (var (sql, statement) in statements.Where(s => !s.Value.IsRunning).ToList())
        {
            statements.Remove(sql);
            statement.Dispose();
        }
    }
}
