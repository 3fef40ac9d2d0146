namespace ChatOps.Storage;

/// <summary>The life of an inbound message. Everything from <see cref="Done"/> on is terminal.</summary>
public enum InboxState
{
    /// <summary>Committed, not looked at.</summary>
    Accepted,

    /// <summary>Its turn is running.</summary>
    Working,

    /// <summary>Its turn is suspended until an approval or an invocation ends.</summary>
    Suspended,

    /// <summary>Answered.</summary>
    Done,

    /// <summary>Failed; the person was told.</summary>
    Failed,

    /// <summary>Stopped by <c>/stop</c>.</summary>
    Cancelled,
}
