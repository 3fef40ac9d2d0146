using System.Collections.Concurrent;
using ChatOps.Tools;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>Kept files, in memory.</summary>
internal sealed class MemoryFiles : IOutputFiles
{
    private readonly ConcurrentDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    /// <summary>Keeps one.</summary>
    public void Add(string id, byte[] content) => files[id] = content;

    public string RawPath(string invocationId) => throw new NotSupportedException();

    public Task<long> KeepAsync(string invocationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<(long Bytes, string Sha256)> KeepBytesAsync(string invocationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public bool IsBinary(string invocationId) => false;

    public void Discard(string invocationId) => files.TryRemove(invocationId, out _);

    public Stream? Open(string invocationId) => files.TryGetValue(invocationId, out var content) ? new MemoryStream(content) : null;
}
