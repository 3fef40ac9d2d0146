namespace ChatOps.Storage.Sessions;

/// <summary>The row that a statement stands on; columns by position, in the order of the select.</summary>
/// <param name="statement">The running statement.</param>
internal readonly struct SqlRow(SqlStatement statement)
{
    /// <summary>A text that is never null.</summary>
    public string Text(int column) => statement.Text(column);

    /// <summary>A text or null.</summary>
    public string? TextOrNull(int column) => statement.IsNull(column) ? null : statement.Text(column);

    /// <summary>A whole number.</summary>
    public long Number(int column) => statement.Number(column);

    /// <summary>A time.</summary>
    public DateTimeOffset Time(int column) => SqlTime.Read(statement.Number(column));

    /// <summary>A time or null.</summary>
    public DateTimeOffset? TimeOrNull(int column) => statement.IsNull(column) ? null : Time(column);

    /// <summary>An enum stored as a word.</summary>
    public T Word<T>(int column) where T : struct, Enum => SqlWord<T>.Read(statement.Text(column));
}
