using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatOps.Storage.Sqlite;

/// <summary>Tells errors of the store (full, locked, gone) from errors of a statement, and says the former in words.</summary>
/// <param name="path">The database file, for the sentences.</param>
internal sealed class SqliteFaults(string path)
{
    private const int ResultCodeMask = 0xff;

    /// <summary>The exception for callers; null when the statement is at fault (a constraint, a trigger) and the store is well.</summary>
    public StoreUnavailableException? Explain(DbException error)
    {
        var sqlite = error as SqliteException;
        var reason = (sqlite?.SqliteErrorCode & ResultCodeMask) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"The database {path} is locked by another process. Nothing was saved. End the program that holds it (a backup, a database shell).",
            raw.SQLITE_FULL => $"The disk is full. Nothing was saved. Free some space for {Folder}; ChatOps goes on by itself.",
            raw.SQLITE_READONLY => $"The database {path} cannot be written: file or disk are read-only. Nothing was saved. Make {Folder} writable; ChatOps goes on by itself.",
            raw.SQLITE_IOERR => $"The disk reported an error ({sqlite!.SqliteExtendedErrorCode}) while the database {path} was used. Nothing was saved. Check the disk, its free space and the limit on file sizes.",
            raw.SQLITE_CANTOPEN => $"The database {path} cannot be opened. Check that {Folder} is there and belongs to the user who runs ChatOps.",
            raw.SQLITE_PERM or raw.SQLITE_AUTH => $"The database {path} may not be used by this user. Check owner and mode of {Folder}.",
            raw.SQLITE_CORRUPT => $"The database {path} is damaged. Stop ChatOps, keep a copy of {Folder} and restore a backup.",
            raw.SQLITE_NOTADB => $"The file {path} is not a database. Move it away, or restore a backup.",
            raw.SQLITE_NOMEM => $"There is not enough memory to use the database {path}. Nothing was saved.",
            raw.SQLITE_PROTOCOL => $"The database {path} cannot be locked. Data directories on network file systems are not supported.",
            _ => null,
        };
        return reason is null ? null : new StoreUnavailableException(reason, error);
    }

    /// <summary>The database was removed or replaced while it was open.</summary>
    public StoreUnavailableException Moved() => new(
        $"The database {path} was deleted, moved or replaced while ChatOps ran. Nothing was saved and nothing more runs. Put it back, or restart ChatOps to begin with what is there now.");

    private string Folder => Path.GetDirectoryName(path)!;
}
