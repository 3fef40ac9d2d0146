namespace ChatOps.Tools;

/// <summary>Files that people hand to the gateway for a tool to use. Everybody finds their own alone; old ones are removed.</summary>
public interface IUploads
{
    /// <summary>Largest upload in bytes.</summary>
    long MaxBytes { get; }

    /// <summary>Takes a file.</summary>
    /// <param name="principal">Whose it is.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The upload; <see langword="null"/> when it is larger than <see cref="MaxBytes"/>.</returns>
    Task<Upload?> AddAsync(string principal, Stream content, CancellationToken cancellationToken);

    /// <summary>An upload of this person; <see langword="null"/> when there is none (never was, or was removed).</summary>
    /// <param name="principal">Whose it is.</param>
    /// <param name="id">Its id: the SHA-256 of its content.</param>
    Upload? Find(string principal, string id);
}
