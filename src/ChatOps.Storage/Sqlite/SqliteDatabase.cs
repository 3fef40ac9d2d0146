using System.Data.Common;
using System.Globalization;
using ChatOps.Storage.Engine;
using ChatOps.Storage.Sessions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatOps.Storage.Sqlite;

/// <summary>SQLite for the engine: one file, and a connection that only remembers which file it is.</summary>
internal sealed class SqliteDatabase(SqliteFile file, SqliteOpening opening, StorageOptions options) : ISqlDatabase
{
    private SqlConnection? anchor;

    /// <inheritdoc/>
    public int? CheckpointWrites => options.CheckpointWrites;

    /// <inheritdoc/>
    public SqlConnection Open()
    {
        var first = opening.Open();
        try
        {
            // Stays open for good: it remembers which file is ours, so that another one at its path is never taken for it.
            anchor = file.OpenReader();
            anchor.Statement("SELECT COUNT(*) FROM schema_version").First(_ => 0);
            return first;
        }
        catch
        {
            anchor?.Dispose();
            first.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SqlConnection OpenWriter()
    {
        file.RequireAnchorInPlace(anchor!);
        return file.OpenWriter();
    }

    /// <inheritdoc/>
    public SqlConnection OpenReader()
    {
        file.RequireAnchorInPlace(anchor!);
        return file.OpenReader();
    }

    /// <inheritdoc/>
    public void BeginWrite(SqlConnection connection) => connection.Begin("BEGIN IMMEDIATE");

    /// <inheritdoc/>
    public void Commit(SqlConnection connection) => connection.Execute("COMMIT");

    /// <inheritdoc/>
    public void BeginRead(SqlConnection connection) => connection.Begin("BEGIN");

    /// <inheritdoc/>
    public void RequireInPlace(SqlConnection connection) => file.RequireInPlace(connection);

    /// <inheritdoc/>
    public bool HasEnded(SqlConnection connection) => raw.sqlite3_get_autocommit(((SqliteConnection)connection.Driver).Handle) != 0;

    /// <summary>The answer cannot get lost on its way from a library.</summary>
    public CommitFate FindFate() => CommitFate.Undone;

    /// <inheritdoc/>
    public StoreUnavailableException? Explain(DbException error) => file.Faults.Explain(error);

    /// <summary>Copies the log into the database. Passive: it never waits for a reader.</summary>
    public void Checkpoint(SqlConnection connection) => connection.Statement("PRAGMA wal_checkpoint(PASSIVE)").First(_ => 0);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> Facts() =>
    [
        new("provider", "sqlite"),
        new("library", $"{SqliteLibrary.Version} ({SqliteLibrary.Source})"),
        new("file", file.DatabasePath),
        new("fileBytes", Length(file.DatabasePath).ToString(CultureInfo.InvariantCulture)),
        new("logBytes", Length(file.LogPath).ToString(CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc/>
    public string? Concern() => Length(file.LogPath) is var log && log > options.LogSizeWarning
        ? $"The write-ahead log has grown to {log / (1024 * 1024)} MiB: something reads the database all the time, or the disk is slow."
        : null;

    /// <inheritdoc/>
    public void Dispose() => anchor?.Dispose();

    private static long Length(string path) => new FileInfo(path) is { Exists: true } info ? info.Length : 0;
}
