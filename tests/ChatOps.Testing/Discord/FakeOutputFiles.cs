using System.Collections.Concurrent;
using ChatOps.Tools;

namespace ChatOps.Testing.Discord;

/// <summary>Kept outputs in memory.</summary>
public sealed class FakeOutputFiles : IOutputFiles
{
    /// <summary>The files by id.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    public string RawPath(string invocationId) => throw new NotSupportedException();

    public Task<long> KeepAsync(string invocationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<(long Bytes, string Sha256)> KeepBytesAsync(string invocationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public bool IsBinary(string invocationId) => false;

    public void Discard(string invocationId) => throw new NotSupportedException();

    public Stream? Open(string invocationId) => Files.TryGetValue(invocationId, out var content) ? new MemoryStream(content) : null;
}
