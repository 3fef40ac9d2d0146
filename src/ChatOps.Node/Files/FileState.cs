using ChatOps.Node.Native;

namespace ChatOps.Node.Files;

/// <summary>A file before a change.</summary>
/// <param name="Content">Its text; <see langword="null"/> when there is no file.</param>
/// <param name="Stat">What it is; <see langword="null"/> when there is no file.</param>
/// <param name="Digest">SHA-256 of the content; empty when there is no file.</param>
internal sealed record FileState(string? Content, FileStat? Stat, string Digest);
