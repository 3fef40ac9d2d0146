using System.Text;
using ChatOps.Storage.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace ChatOps.Storage.PostgreSql;

/// <summary>
/// A prepared command. Parameters go as text without a type: the server knows from their place what they are, which a null or a number that
/// stands for both kinds of columns could not say for itself.
/// </summary>
internal sealed class PostgreSqlStatement : SqlStatement
{
    private const char Replacement = '\uFFFD';

    private readonly NpgsqlCommand command;
    private NpgsqlDataReader? reader;
    private int changed;

    /// <summary>Prepares it. What has no parameters is mostly about transactions, and runs too seldom or too fast to gain from it.</summary>
    public PostgreSqlStatement(NpgsqlConnection connection, string sql) : base(sql)
    {
#pragma warning disable CA2100 // The texts are constants of the stores; values are parameters.
        command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        for (var i = 0; i < Parameters; i++) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Unknown, Value = DBNull.Value });
        if (Parameters > 0) command.Prepare();
    }

    /// <inheritdoc/>
    protected override int Changed => changed;

    /// <inheritdoc/>
    public override string Text(int column) => reader!.IsDBNull(column)
        ? throw new InvalidDataException($"Column {column} of a row in the database is empty where it must not be.")
        : reader.GetString(column);

    /// <inheritdoc/>
    public override long Number(int column) => reader!.IsDBNull(column)
        ? throw new InvalidDataException($"Column {column} of a row in the database is not the number it must be.")
        : reader.GetInt64(column);

    /// <inheritdoc/>
    public override bool IsNull(int column) => reader!.IsDBNull(column);

    /// <inheritdoc/>
    public override void Dispose() => command.Dispose();

    /// <inheritdoc/>
    protected override void Bind(int parameter, string value) => command.Parameters[parameter - 1].Value = Storable(value);

    /// <inheritdoc/>
    protected override void Bind(int parameter, long value) =>
        command.Parameters[parameter - 1].Value = value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override void BindNull(int parameter) => command.Parameters[parameter - 1].Value = DBNull.Value;

    /// <inheritdoc/>
    protected override bool Step()
    {
        reader ??= command.ExecuteReader();
        return reader.Read();
    }

    /// <inheritdoc/>
    protected override void Reset()
    {
        if (reader is null) return;
        reader.Dispose();
        changed = reader.RecordsAffected;
        reader = null;
    }

    /// <summary>The server takes neither NUL nor half a character. What people send is cleaned before it comes here; anything else loses that one character, not its row.</summary>
    private static string Storable(string value)
    {
        var bad = FirstBad(value, 0);
        if (bad < 0) return value;
        var text = new StringBuilder(value);
        for (; bad >= 0; bad = FirstBad(value, bad + 1)) text[bad] = Replacement;
        return text.ToString();
    }

    private static int FirstBad(string value, int from)
    {
        for (var i = from; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\0') return i;
            if (!char.IsSurrogate(c)) continue;
            if (!char.IsHighSurrogate(c) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1])) return i;
            i++;
        }

        return -1;
    }
}
