using System.Globalization;
using ChatOps.Storage.Engine;
using ChatOps.Storage.Sessions;
using Microsoft.Data.Sqlite;

namespace ChatOps.Storage.Sqlite;

/// <summary>The database file: how connections to it are opened, and whether it is still in its place.</summary>
/// <param name="options">Directory and bounds.</param>
internal sealed class SqliteFile(StorageOptions options)
{
    /// <summary>Its name in the data directory.</summary>
    public const string FileName = "chatops.db";

    /// <summary>Kilobytes of page cache of a connection.</summary>
    private const int CacheKilobytes = 8192;

    private readonly Lock anchorGate = new();

    /// <summary>The database.</summary>
    public string DatabasePath { get; } = Path.Combine(Path.GetFullPath(options.DataDirectory), FileName);

    /// <summary>Its write-ahead log.</summary>
    public string LogPath => DatabasePath + "-wal";

    /// <summary>Sentences about its errors.</summary>
    public SqliteFaults Faults => field ??= new SqliteFaults(DatabasePath);

    /// <summary>The connection that writes. The file must exist: only the initialiser creates one.</summary>
    public SqlConnection OpenWriter()
    {
        var connection = Open();
        try
        {
            if (Ask(connection, "PRAGMA journal_mode = WAL") != "wal")
                throw new StoreUnavailableException($"The database {DatabasePath} cannot keep a write-ahead log. Data directories on network file systems are not supported.");
            Ask(connection, "PRAGMA synchronous = FULL");
            Ask(connection, "PRAGMA fullfsync = ON");
            Ask(connection, "PRAGMA recursive_triggers = ON");
            Ask(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {options.CheckpointPages}"));
            Ask(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit = {options.LogSizeLimit}"));
            return new SqlConnection(connection, sql => new SqliteStatement(connection.Handle!, sql));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that cannot write.</summary>
    public SqlConnection OpenReader()
    {
        var connection = Open();
        try
        {
            Ask(connection, "PRAGMA query_only = ON");
            return new SqlConnection(connection, sql => new SqliteStatement(connection.Handle!, sql));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Throws unless the file that a connection has open is the one at the path. Two looks at the file system, about 2 µs.</summary>
    public void RequireInPlace(SqlConnection connection)
    {
        if (SqliteLibrary.FileHasMoved(((SqliteConnection)connection.Driver).Handle!) || !File.Exists(LogPath)) throw Faults.Moved();
    }

    /// <summary>The same for the connection that is never used for anything else, and by which several threads look.</summary>
    public void RequireAnchorInPlace(SqlConnection anchor)
    {
        lock (anchorGate) RequireInPlace(anchor);
    }

    /// <summary>Asks a pragma.</summary>
    public static string? Ask(SqliteConnection connection, string pragma)
    {
        using var command = connection.Statement(pragma);
        return command.ExecuteScalar()?.ToString();
    }

    private SqliteConnection Open()
    {
        var connection = SqliteLibrary.Connect(new SqliteConnectionStringBuilder
        {
            DataSource = DatabasePath,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            ForeignKeys = true,
            // SQLite waits by itself (busy_timeout below); the driver's own loop, which sleeps 150 ms a try, must not come on top.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            Ask(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}"));
            Ask(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{CacheKilobytes}"));
            Ask(connection, "PRAGMA temp_store = MEMORY");
            Ask(connection, "PRAGMA trusted_schema = OFF");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
