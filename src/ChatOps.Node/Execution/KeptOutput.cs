namespace ChatOps.Node.Execution;

/// <summary>What is kept of an execution's output.</summary>
/// <param name="Text">Head, note, tail.</param>
/// <param name="TotalBytes">All bytes printed.</param>
/// <param name="OmittedBytes">Bytes left out of <paramref name="Text"/>.</param>
/// <param name="FilePath">The file with the whole, when one was written.</param>
/// <param name="Problem">Why there is no file although there should be one.</param>
internal sealed record KeptOutput(string Text, long TotalBytes, long OmittedBytes, string? FilePath, string? Problem);
