namespace ChatOps.Channels;

/// <summary>The outcomes of a send.</summary>
public enum SendStatus
{
    /// <summary>The platform has it.</summary>
    Sent,

    /// <summary>Not sent; may be tried again later.</summary>
    Retry,

    /// <summary>The connection broke after sending began; the platform may have it.</summary>
    Ambiguous,

    /// <summary>Will never be delivered.</summary>
    Rejected,
}
