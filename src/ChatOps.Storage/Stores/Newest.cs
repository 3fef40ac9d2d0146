namespace ChatOps.Storage.Stores;

/// <summary>The newest id that a table had when a row was added to it.</summary>
/// <param name="Id">The id; null where it is the first row, and perhaps the added row's own.</param>
internal sealed record Newest(string? Id);
