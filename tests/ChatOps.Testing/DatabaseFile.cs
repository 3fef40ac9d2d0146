using ChatOps.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatOps.Testing;

/// <summary>A file of the embedded store, read or spoilt past the store.</summary>
public static class DatabaseFile
{
    /// <summary>An open connection to the file; <paramref name="options"/> are further parts of its connection string (<c>Mode=ReadOnly</c>).</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static SqliteConnection Open(string path, string options = "")
    {
        var connection = SqliteLibrary.Connect($"Data Source={path};Pooling=False;{options}");
        connection.Open();
        return connection;
    }
}
