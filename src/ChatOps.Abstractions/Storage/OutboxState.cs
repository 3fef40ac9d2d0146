namespace ChatOps.Storage;

/// <summary>The life of a delivery.</summary>
public enum OutboxState
{
    /// <summary>Waits.</summary>
    Pending,

    /// <summary>Handed to the channel; its end is not recorded yet.</summary>
    Sending,

    /// <summary>The platform has it.</summary>
    Sent,

    /// <summary>The platform may have it.</summary>
    Unknown,

    /// <summary>Will never be delivered; the reason is in the row.</summary>
    Failed,

    /// <summary>A newer edit of the same message took its place before it was sent.</summary>
    Superseded,
}
