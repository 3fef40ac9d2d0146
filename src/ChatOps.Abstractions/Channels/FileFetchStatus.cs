namespace ChatOps.Channels;

/// <summary>The outcomes of fetching a file.</summary>
public enum FileFetchStatus
{
    /// <summary>All of it was written.</summary>
    Fetched,

    /// <summary>It is larger than allowed.</summary>
    TooLarge,

    /// <summary>The platform no longer has it, or its address has expired for good.</summary>
    Gone,

    /// <summary>It could not be fetched now.</summary>
    Failed,
}
