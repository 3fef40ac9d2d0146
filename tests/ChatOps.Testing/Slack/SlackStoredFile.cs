namespace ChatOps.Testing.Slack;

/// <summary>A file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">How long it was announced.</param>
/// <param name="MediaType">What it is served as.</param>
public sealed record SlackStoredFile(string Name, long Length, string MediaType = "application/octet-stream")
{
    /// <summary>What was uploaded; null before.</summary>
    public byte[]? Content { get; set; }

    /// <summary>Whether it was completed.</summary>
    public bool Shared { get; set; }

    /// <summary>Where it is served, when not on this server.</summary>
    public string? Address { get; init; }
}
