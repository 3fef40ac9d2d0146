using System.Buffers;
using System.Text;
using ChatOps.Storage.Sessions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatOps.Storage.Sqlite;

/// <summary>
/// A statement straight on the native interface. The driver's command object looks every parameter up by name at every run and allocates a
/// reader; on the path of every message that was most of the time spent.
/// </summary>
internal sealed class SqliteStatement : SqlStatement
{
    /// <summary>Texts up to this many UTF-8 bytes are encoded on the stack.</summary>
    private const int StackBytes = 512;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    /// <summary>SQLite numbers parameters as they appear in the text, not as they are called.</summary>
    private readonly int[] positions;

    /// <summary>Prepares it.</summary>
    public SqliteStatement(sqlite3 database, string sql) : base(sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
        positions = new int[Parameters + 1];
        for (var number = 1; number <= Parameters; number++) positions[number] = raw.sqlite3_bind_parameter_index(statement, $"${number}");
    }

    /// <inheritdoc/>
    protected override int Changed => raw.sqlite3_changes(database);

    /// <inheritdoc/>
    public override string Text(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL
        ? throw new InvalidDataException($"Column {column} of a row in the database is empty where it must not be.")
        : Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <inheritdoc/>
    public override long Number(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_INTEGER
        ? raw.sqlite3_column_int64(statement, column)
        : throw new InvalidDataException($"Column {column} of a row in the database is not the number it must be.");

    /// <inheritdoc/>
    public override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public override void Dispose() => statement.Dispose();

    /// <inheritdoc/>
    protected override void Bind(int parameter, string value)
    {
        // An empty span has no address, and no address would mean null.
        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(statement, positions[parameter], ""));
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most <= StackBytes)
        {
            Span<byte> bytes = stackalloc byte[StackBytes];
            Check(raw.sqlite3_bind_text(statement, positions[parameter], bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        Check(raw.sqlite3_bind_text(statement, positions[parameter], rented.AsSpan(0, Encoding.UTF8.GetBytes(value, rented))));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    protected override void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(statement, positions[parameter], value));

    /// <inheritdoc/>
    protected override void BindNull(int parameter) => Check(raw.sqlite3_bind_null(statement, positions[parameter]));

    /// <inheritdoc/>
    protected override bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE) Check(result);
        return false;
    }

    // It reports the error of the last step once more; that was thrown already.
    /// <inheritdoc/>
    protected override void Reset() => raw.sqlite3_reset(statement);

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, database);
    }
}
