namespace ChatOps.Storage.Copies;

/// <summary>A table that belongs into a copy of the store. Both databases have the same ones; every column is a text or a whole number.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, by name.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns)
{
    /// <summary>The columns for a statement. The names are the schema's own.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(c => c.Name));
}
