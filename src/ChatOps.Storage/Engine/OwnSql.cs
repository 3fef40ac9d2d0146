using System.Data.Common;

namespace ChatOps.Storage.Engine;

/// <summary>Statements whose text is put together: of words of ours and names of the schema, never of anything that somebody said. What is said goes into parameters.</summary>
internal static class OwnSql
{
    /// <summary>A statement of a text of ours.</summary>
    public static DbCommand Statement(this DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        var command = connection.CreateCommand();
        // A new command is in the connection's own transaction by itself, where the driver knows it.
        if (transaction is not null) command.Transaction = transaction;
#pragma warning disable CA2100 // The one place for it.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
