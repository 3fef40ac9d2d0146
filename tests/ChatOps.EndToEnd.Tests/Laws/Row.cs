namespace ChatOps.EndToEnd.Laws;

/// <summary>One row of a table, every value as text.</summary>
internal sealed class Row(IReadOnlyDictionary<string, string?> values)
{
    /// <summary>A value; null is null.</summary>
    public string? this[string column] => values[column];

    /// <summary>The same with another value.</summary>
    public Row With(string column, string? value) => new(new Dictionary<string, string?>(values) { [column] = value });

    public override string ToString() => string.Join(" | ", values.Select(v => $"{v.Key}={v.Value}"));
}
