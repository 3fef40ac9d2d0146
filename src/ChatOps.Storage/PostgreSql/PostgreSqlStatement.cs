using System.Globalization;
using System.Text;
using ChatOps.Storage.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace ChatOps.Storage.PostgreSql;

/// <summary>
/// A text with its parameters, which the driver prepares once it is used again. Parameters go as text without a type: the server knows from their place what they are,
/// which a null or a number that stands for both kinds of columns could not say for itself.
/// </summary>
/// <param name="line">The connection's statements on their way.</param>
/// <param name="sql">The text.</param>
internal sealed class PostgreSqlStatement(PostgreSqlLine line, string sql) : SqlStatement(sql)
{
    private const char Replacement = '\uFFFD';

    private NpgsqlBatchCommand? question;
    private NpgsqlDataReader? reader;
    private NpgsqlBatchCommand? next;
    private int changed;

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
    public override void Dispose()
    {
        // The driver forgets prepared texts by itself.
    }

    /// <inheritdoc/>
    protected override void Bind(int parameter, string value) => Add(parameter, Storable(value));

    /// <inheritdoc/>
    protected override void Bind(int parameter, long value) => Add(parameter, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    protected override void BindNull(int parameter) => Add(parameter, DBNull.Value);

    /// <inheritdoc/>
    protected override bool Step()
    {
        if (reader is null)
        {
            question = Complete();
            reader = line.Ask(question);
        }

        return line.Read(reader);
    }

    /// <inheritdoc/>
    protected override void Put() => line.Put(Complete());

    /// <inheritdoc/>
    protected override void PutQuestion(Action<bool> read) => line.Put(Complete(), rows =>
    {
        reader = rows;
        try
        {
            read(line.Read(rows));
        }
        finally
        {
            reader = null;
        }
    });

    /// <inheritdoc/>
    protected override void Reset()
    {
        next = null;
        if (reader is not { } ended) return;
        reader = null;
        line.Close(ended);
        changed = question!.RecordsAffected;
    }

    // They are set in their order, and the first begins a new use; what waits to be sent is not touched.
    private void Add(int parameter, object value)
    {
        if (parameter == 1) next = new NpgsqlBatchCommand(Sql);
        next!.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Unknown, Value = value });
    }

    private NpgsqlBatchCommand Complete()
    {
        var complete = next ?? new NpgsqlBatchCommand(Sql);
        next = null;
        return complete;
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
