using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace ChatOps.Storage.PostgreSql;

/// <summary>Tells errors of the server (away, full, read-only) from errors of a statement, and says the former in words. Never with the password: only host, database and user.</summary>
/// <param name="place">Host, port and database.</param>
/// <param name="user">The user name.</param>
internal sealed class PostgreSqlFaults(string place, string user)
{
    /// <summary>idle_in_transaction_session_timeout, for which the driver has no name.</summary>
    private const string StoodStill = "25P03";

    /// <summary>The server, or somebody at it, ends connections: it stops, starts, or dropped the database (PostgreSQL's appendix A, class 57).</summary>
    private const string OperatorEnded = "57P";

    private const string GoesOn = "ChatOps goes on by itself.";

    /// <summary>The exception for callers; null when the statement is at fault (a constraint, a trigger) and the store is well.</summary>
    public StoreUnavailableException? Explain(DbException error)
    {
        var reason = error switch
        {
            PostgresException refused => Explain(refused),
            NpgsqlOperationInProgressException => null,
            NpgsqlException { InnerException: TimeoutException } => $"The database {place} did not answer in time. Nothing was saved. Look at the server and the network; {GoesOn}",
            NpgsqlException { InnerException: SocketException socket } => $"The database server at {place} cannot be reached ({socket.SocketErrorCode}). Nothing was saved. Start it, or check host and port in Store:ConnectionString; {GoesOn}",
            NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException } =>
                $"The database server at {place} was not connected to: its certificate is not for that name, or not of an authority that is trusted. Nothing was sent to it. Check Host, SSL Mode and Root Certificate in Store:ConnectionString, and the server's certificate; {GoesOn}",
            NpgsqlException { InnerException: IOException } => $"The connection to the database {place} was lost. Nothing was saved. {GoesOn}",
            NpgsqlException => $"The database {place} cannot be used: {error.Message} Nothing was saved. {GoesOn}",
            _ => null,
        };
        return reason is null ? null : new StoreUnavailableException(reason, error);
    }

    private string? Explain(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The database server at {place} refuses the user {user}: wrong password, or no line for it in pg_hba.conf. Check Store:ConnectionString.",
        PostgresErrorCodes.InvalidCatalogName => $"There is no such database: {place}. Make it with createdb, or correct Store:ConnectionString.",
        PostgresErrorCodes.InsufficientPrivilege => $"The user {user} may not do this in the database {place}: {error.MessageText}. Nothing was saved. Make it the owner of the database.",
        PostgresErrorCodes.TooManyConnections => $"The database server at {place} has no connection left for ChatOps. Nothing was saved. Raise max_connections, or end programs that hold connections; {GoesOn}",
        PostgresErrorCodes.DiskFull => $"The disk of the database server at {place} is full. Nothing was saved. Free some space there; {GoesOn}",
        PostgresErrorCodes.OutOfMemory => $"The database server at {place} is out of memory. Nothing was saved. {GoesOn}",
        PostgresErrorCodes.ReadOnlySqlTransaction => $"The database {place} is read-only, as a standby is. Nothing was saved. Point Store:ConnectionString at the primary.",
        PostgresErrorCodes.LockNotAvailable => $"Another gateway or program has kept the database {place} locked for too long. Nothing was saved. {GoesOn}",
        PostgresErrorCodes.QueryCanceled => $"The database {place} took too long, or somebody cancelled the statement. Nothing was saved. {GoesOn}",
        StoodStill => $"This gateway stood still in the middle of a write, and the database {place} went on without it. Nothing was saved. {GoesOn}",
        _ when error.SqlState.StartsWith(OperatorEnded, StringComparison.Ordinal) =>
            $"The database server at {place} is stopping or starting. Nothing was saved. {GoesOn}",
        PostgresErrorCodes.UndefinedTable => $"The database {place} has lost its tables ({error.MessageText}). Nothing was saved. Restore a backup, or restart ChatOps to begin with what is there now.",
        PostgresErrorCodes.IoError or PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
            $"The database {place} is damaged or its disk is ({error.MessageText}). Stop ChatOps and restore a backup.",
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => $"Another program works in the database {place}, and this gave way to it. Nothing was saved. Try again.",
        _ when error.SqlState.StartsWith("08", StringComparison.Ordinal) || error.SqlState.StartsWith("53", StringComparison.Ordinal) || error.SqlState.StartsWith("58", StringComparison.Ordinal) =>
            $"The database {place} cannot be used: {error.MessageText}. Nothing was saved. {GoesOn}",
        _ => null,
    };
}
