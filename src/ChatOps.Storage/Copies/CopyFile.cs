using System.Globalization;
using ChatOps.Storage.Engine;
using ChatOps.Storage.Migrations;
using ChatOps.Storage.Sessions;
using ChatOps.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Storage.Copies;

/// <summary>An SQLite database that is a copy of a store on a server: the one form that a backup has, whatever it was made of.</summary>
internal sealed class CopyFile : IDisposable
{
    // They belong to one database alone: which steps it has taken, whether it works, who wrote last.
    private static readonly string[] NotCopied = ["schema_version", "store_probe", "store_writers"];

    private readonly SqliteConnection connection;

    private CopyFile(SqliteConnection connection) => this.connection = connection;

    /// <summary>Makes an empty one with the schema of a version.</summary>
    public static CopyFile Create(string path, int schema, TimeProvider time)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);

        // Nobody else has it, and when this breaks off it is thrown away.
        SqliteFile.Ask(connection, "PRAGMA journal_mode = OFF");
        SqliteFile.Ask(connection, "PRAGMA synchronous = OFF");
        var steps = new SqlConnection(connection, sql => new SqliteStatement(connection.Handle!, sql));
        new Migrator([.. Migration.Load("Sqlite").Take(schema)], time, NullLogger<Migrator>.Instance).Migrate(steps, path);
        return new CopyFile(connection);
    }

    /// <summary>Opens one to read it.</summary>
    public static CopyFile OpenToRead(string path) => new(Open(path, SqliteOpenMode.ReadWrite));

    /// <summary>The version of its schema.</summary>
    public int Schema => int.Parse(SqliteFile.Ask(connection, "SELECT MAX(version) FROM schema_version") ?? "0", CultureInfo.InvariantCulture);

    /// <summary>What belongs into it: those that others refer to come first.</summary>
    public IReadOnlyList<CopiedTable> Tables()
    {
        var names = Texts("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").Except(NotCopied).ToList();
        var parents = names.ToDictionary(n => n, n => Texts($"SELECT \"table\" FROM pragma_foreign_key_list('{n}')"));
        int Depth(string name) => parents[name].Select(p => Depth(p) + 1).DefaultIfEmpty(0).Max();
        return [.. names.OrderBy(Depth).ThenBy(n => n, StringComparer.Ordinal).Select(n => new CopiedTable(n, ColumnsOf(n)))];
    }

    /// <summary>Fills it, in one transaction. The triggers that keep the record in order are for those who write it; this is a record that was written.</summary>
    public void Fill(Action<SqliteTransaction> fill)
    {
        var triggers = Triggers().ToList();
        using var transaction = connection.BeginTransaction();
        foreach (var (name, _) in triggers) Run($"DROP TRIGGER {name}", transaction);
        fill(transaction);
        foreach (var (_, sql) in triggers) Run(sql, transaction);
        transaction.Commit();
    }

    /// <summary>Takes rows into a table: the function gives the next row's values, or null after the last.</summary>
    public void Take(SqliteTransaction transaction, CopiedTable table, Func<object?[]?> next)
    {
        using var insert = connection.Statement($"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"$p{i}"))})", transaction);
        for (var i = 0; i < table.Columns.Count; i++) insert.Parameters.Add(new SqliteParameter($"$p{i}", DBNull.Value));
        while (next() is { } row)
        {
            for (var i = 0; i < row.Length; i++) insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Gives the rows of a table.</summary>
    public IEnumerable<object?[]> Rows(CopiedTable table)
    {
        using var command = connection.Statement($"SELECT {table.ColumnList} FROM {table.Name}");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : table.Columns[i].IsNumber ? reader.GetInt64(i) : reader.GetString(i);
            yield return row;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = SqliteLibrary.Connect(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, ForeignKeys = false }.ToString());
        connection.Open();
        return connection;
    }

    private IReadOnlyList<CopiedColumn> ColumnsOf(string table) =>
        [.. Texts($"SELECT name || ' ' || type FROM pragma_table_info('{table}') ORDER BY cid").Select(c => new CopiedColumn(c.Split(' ')[0], !c.EndsWith(" TEXT", StringComparison.Ordinal)))];

    private IReadOnlyList<string> Texts(string sql)
    {
        using var command = connection.Statement(sql);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }

    private IEnumerable<(string Name, string Sql)> Triggers()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name";
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return (reader.GetString(0), reader.GetString(1));
    }

    private void Run(string sql, SqliteTransaction transaction)
    {
        using var command = connection.Statement(sql, transaction);
        command.ExecuteNonQuery();
    }
}
