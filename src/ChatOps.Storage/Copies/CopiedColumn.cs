namespace ChatOps.Storage.Copies;

/// <summary>One column of a table that is copied.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNumber">Whether it holds whole numbers; otherwise texts.</param>
internal sealed record CopiedColumn(string Name, bool IsNumber);
