namespace ChatOps.Channels;

/// <summary>What became of fetching a file.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Reason">For people, when not fetched; holds no address.</param>
public sealed record FileFetch(FileFetchStatus Status, string? Reason = null)
{
    /// <summary>All of it was written.</summary>
    public static readonly FileFetch Done = new(FileFetchStatus.Fetched);
}
