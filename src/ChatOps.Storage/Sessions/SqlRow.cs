using System.Data.Common;

namespace ChatOps.Storage.Sessions;

/// <summary>The row that a query stands on; columns by position, in the order of the select.</summary>
/// <param name="reader">The open reader.</param>
internal readonly struct SqlRow(DbDataReader reader)
{
    /// <summary>A text that is never null.</summary>
    public string Text(int column) => reader.GetString(column);

    /// <summary>A text or null.</summary>
    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A whole number.</summary>
    public long Number(int column) => reader.GetInt64(column);

    /// <summary>A time.</summary>
    public DateTimeOffset Time(int column) => SqlTime.Read(reader.GetInt64(column));

    /// <summary>A time or null.</summary>
    public DateTimeOffset? TimeOrNull(int column) => reader.IsDBNull(column) ? null : Time(column);

    /// <summary>An enum stored as a word.</summary>
    public T Word<T>(int column) where T : struct, Enum => SqlWord<T>.Read(reader.GetString(column));
}
