using System.Collections.Concurrent;
using ChatOps.Tools;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>Kept outputs that the test makes.</summary>
internal sealed class MemoryOutputFiles : IOutputFiles
{
    public ConcurrentDictionary<string, byte[]> Kept { get; } = new();

    public string RawPath(string invocationId) => throw new NotSupportedException();

    public Task<long> KeepAsync(string invocationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<(long Bytes, string Sha256)> KeepBytesAsync(string invocationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public bool IsBinary(string invocationId) => false;

    public void Discard(string invocationId) => throw new NotSupportedException();

    public Stream? Open(string invocationId) => Kept.TryGetValue(invocationId, out var content) ? new MemoryStream(content, writable: false) : null;
}
