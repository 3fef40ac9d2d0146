namespace ChatOps.Tools.Run;

/// <summary>A whole output kept as a file.</summary>
internal sealed record KeptOutput(string Id, long Bytes);
