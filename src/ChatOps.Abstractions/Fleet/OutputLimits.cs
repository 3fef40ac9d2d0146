namespace ChatOps.Fleet;

/// <summary>How much output is kept. What is beyond is counted and said, never hidden.</summary>
/// <param name="HeadBytes">First bytes kept in memory, per execution (stdout and stderr interleaved as they came).</param>
/// <param name="TailBytes">Last bytes kept in memory.</param>
/// <param name="FileBytes">Bytes kept in the output file, or given to an <see cref="IByteOutput"/>; 0 keeps no file.</param>
/// <param name="FilePath">Where the whole output goes when it exceeds head and tail; <see langword="null"/> keeps no file.</param>
public sealed record OutputLimits(int HeadBytes, int TailBytes, long FileBytes, string? FilePath);
