using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ChatOps.Storage.Sqlite;

/// <summary>A consistent copy of the database while a gateway writes to it: one snapshot, read by a connection of its own.</summary>
/// <param name="file">The database.</param>
internal sealed class SqliteCopy(SqliteFile file)
{
    /// <summary>Writes the copy; the file must not be there yet.</summary>
    /// <returns>The version of its schema.</returns>
    /// <exception cref="StoreUnavailableException">There is no database, or it cannot be read or the copy not be written.</exception>
    public int WriteTo(string path)
    {
        if (!File.Exists(file.DatabasePath))
            throw new StoreUnavailableException($"There is no database {file.DatabasePath}: no gateway has run on this data directory. --data names another one.");
        try
        {
            using var source = file.OpenReader();
            var connection = (SqliteConnection)source.Driver;
            SqliteFile.Ask(connection, "PRAGMA query_only = OFF");
            using var copy = connection.CreateCommand();
            copy.CommandText = "VACUUM INTO $path";
            copy.CommandTimeout = 0;
            copy.Parameters.AddWithValue("$path", path);
            copy.ExecuteNonQuery();
            return Schema(path);
        }
        catch (DbException e)
        {
            throw file.Faults.Explain(e) ?? new StoreUnavailableException($"The database {file.DatabasePath} could not be copied: {e.Message}", e);
        }
    }

    // Of the copy: the gateway may bring the original to another version meanwhile.
    private static int Schema(string path)
    {
        using var connection = SqliteLibrary.Connect(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return int.Parse(SqliteFile.Ask(connection, "SELECT MAX(version) FROM schema_version") ?? "0", CultureInfo.InvariantCulture);
    }
}
