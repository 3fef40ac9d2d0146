namespace ChatOps.Storage;

/// <summary>A PostgreSQL server as the store, and its bounds. Several gateways may use one database.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>Host, database, user and password in Npgsql's form. Never logged.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>How long a gateway may stand still inside a transaction before the server ends it, so that one that was paused does not hold the others. Default 5 s.</summary>
    public TimeSpan IdleInTransaction { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a write waits for the writers of other gateways. More than <see cref="IdleInTransaction"/>, or a paused one would be felt. Default 15 s.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one statement may take at the server. Default 30 s.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long making a connection may take, unless the connection string says. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the fate of a commit that was not answered is asked for before it is reported as unknown. Default 10 s.</summary>
    public TimeSpan FateTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
