namespace ChatOps.Fleet;

/// <summary>Content that the first program of an execution reads as its standard input. Where it runs, nothing is started before all of it is there and has this hash.</summary>
/// <param name="FilePath">The file that holds it on the gateway; it must stay until the execution has ended.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal.</param>
public sealed record ExecutionInput(string FilePath, long SizeBytes, string Sha256);
