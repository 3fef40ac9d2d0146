using System.Data.Common;
using ChatOps.Storage.Migrations;
using ChatOps.Storage.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Sqlite;

/// <summary>What happens once, at the start: make the directory and the file for their owner alone, check, migrate.</summary>
internal sealed partial class SqliteOpening(SqliteFile file, StorageOptions options, Migrator migrator, ILogger<SqliteOpening> logger)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens the database and leaves the writer's connection ready.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be used; the message says why.</exception>
    public SqlConnection Open()
    {
        try
        {
            LogLibrary(logger, SqliteLibrary.Version, SqliteLibrary.Source);
            PrivateDirectory.Ensure(options.DataDirectory);
            var unclean = CreateOrInspect();
            var connection = file.OpenWriter();
            try
            {
                if (unclean) CheckIntegrity(connection);
                migrator.Migrate(connection, file.DatabasePath);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (DbException e)
        {
            throw file.Faults.Explain(e) ?? new StoreUnavailableException($"The database {file.DatabasePath} cannot be prepared: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The data directory {options.DataDirectory} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Creates the file when there is none.</summary>
    /// <returns>Whether the last program that had it open ended without closing it.</returns>
    private bool CreateOrInspect()
    {
        var log = new FileInfo(file.LogPath);
        var leftOver = log is { Exists: true, Length: > 0 };
        if (!File.Exists(file.DatabasePath))
        {
            if (leftOver)
                throw new StoreUnavailableException($"{file.LogPath} is there but its database {file.DatabasePath} is missing. Put the database back; to begin anew, move the log away.");
            using var created = new FileStream(file.DatabasePath, Creation(FileMode.CreateNew));
            return false;
        }

        // SQLite gives the log the mode of the database.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.DatabasePath, OwnerOnly);
        return leftOver;
    }

    private static FileStreamOptions Creation(FileMode mode)
    {
        var creation = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) creation.UnixCreateMode = OwnerOnly;
        return creation;
    }

    private void CheckIntegrity(SqlConnection connection)
    {
        var bytes = new FileInfo(file.DatabasePath).Length;
        if (bytes > options.IntegrityCheckBytes)
        {
            LogCheckSkipped(logger, bytes, options.IntegrityCheckBytes);
            return;
        }

        var result = SqliteFile.Ask((SqliteConnection)connection.Driver, "PRAGMA quick_check(1)");
        if (result != "ok")
            throw new StoreUnavailableException($"The database {file.DatabasePath} is damaged ({result}). Keep a copy of it and restore a backup.");
        LogChecked(logger);
    }
}
