using System.Data.Common;

namespace ChatOps.Storage.Sessions;

/// <summary>An open connection with its prepared statements. One transaction, and so one thread, at a time.</summary>
/// <param name="connection">The driver's connection; owned.</param>
/// <param name="prepare">The provider's way to prepare a statement.</param>
internal sealed class SqlConnection(DbConnection connection, Func<string, SqlStatement> prepare) : IDisposable
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

    /// <summary>Runs a statement without parameters, outside any session.</summary>
    public void Execute(string sql) => Statement(sql).Execute();

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
