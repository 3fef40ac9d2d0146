using System.Data.Common;
using System.Globalization;
using ChatOps.Storage.Engine;
using ChatOps.Storage.Sessions;
using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Migrations;

/// <summary>Brings a database to this program's version, one transaction a step, and refuses one that a newer program wrote.</summary>
/// <param name="migrations">The steps this program knows.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Migrator(IReadOnlyList<Migration> migrations, TimeProvider time, ILogger<Migrator> logger)
{
    /// <summary>Applies what is missing.</summary>
    /// <exception cref="StoreUnavailableException">The database is newer than the program.</exception>
    public void Migrate(SqlConnection database, string where)
    {
        var connection = database.Driver;
        Run(connection, null, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        var current = Current(connection, null);
        if (current > migrations.Count)
            throw new StoreUnavailableException($"The database {where} was written by a newer ChatOps (schema {current}; this program knows up to {migrations.Count}). Start that newer version, or restore a backup from before the upgrade.");

        foreach (var step in migrations.Skip(current)) Apply(database, step);
    }

    private static int Current(DbConnection connection, DbTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT COALESCE(MAX(version), 0) FROM schema_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.Statement(sql, transaction);
        command.ExecuteNonQuery();
    }

    private void Apply(SqlConnection database, Migration step)
    {
        var connection = database.Driver;
        using var transaction = connection.BeginTransaction();

        // A second process may have been faster.
        if (Current(connection, transaction) >= step.Version) return;
        Run(connection, transaction, step.Sql);
        database.Statement("INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)").Set(step.Version).Set(step.Name).Set(time.GetUtcNow()).ExecuteCount();
        transaction.Commit();
        LogApplied(logger, step.Version, step.Name);
    }
}
