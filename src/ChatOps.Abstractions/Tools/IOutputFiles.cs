namespace ChatOps.Tools;

/// <summary>Whole outputs that are too long to show, kept under the data directory (files 0600), named by invocation id.</summary>
public interface IOutputFiles
{
    /// <summary>The path where an invocation's raw output may be collected while it runs; removed by <see cref="KeepAsync"/> or <see cref="Discard"/>.</summary>
    string RawPath(string invocationId);

    /// <summary>Redacts the raw file into the kept one and removes the raw one.</summary>
    /// <returns>Size of the kept file in bytes.</returns>
    Task<long> KeepAsync(string invocationId, CancellationToken cancellationToken);

    /// <summary>Takes secrets out of the raw file, every other byte of which stays as it is, into the kept one, and removes the raw one.</summary>
    /// <returns>Size and SHA-256 of the kept file.</returns>
    Task<(long Bytes, string Sha256)> KeepBytesAsync(string invocationId, CancellationToken cancellationToken);

    /// <summary>Whether a kept file is a node's own and not the text of an output.</summary>
    bool IsBinary(string invocationId);

    /// <summary>Removes the raw file, if any.</summary>
    void Discard(string invocationId);

    /// <summary>Opens a kept file for reading; null when there is none (never was, or pruned).</summary>
    Stream? Open(string invocationId);
}
