using ChatOps.Tools;

namespace ChatOps.Tests.Agent.Fakes;

/// <summary>Kept outputs as plain files.</summary>
internal sealed class KeptOutputs(string directory) : IOutputFiles
{
    public string RawPath(string invocationId) => Path.Combine(directory, invocationId + ".raw");

    public Task<long> KeepAsync(string invocationId, CancellationToken cancellationToken)
    {
        File.Move(RawPath(invocationId), KeptPath(invocationId), overwrite: true);
        return Task.FromResult(new FileInfo(KeptPath(invocationId)).Length);
    }

    public Task<(long Bytes, string Sha256)> KeepBytesAsync(string invocationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public bool IsBinary(string invocationId) => false;

    public void Discard(string invocationId) => File.Delete(RawPath(invocationId));

    public Stream? Open(string invocationId) => File.Exists(KeptPath(invocationId)) ? File.OpenRead(KeptPath(invocationId)) : null;

    private string KeptPath(string invocationId) => Path.Combine(directory, invocationId + ".kept");
}
