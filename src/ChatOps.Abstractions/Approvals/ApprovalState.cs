namespace ChatOps.Approvals;

/// <summary>The one state machine of approvals.</summary>
public enum ApprovalState
{
    /// <summary>Waits for people.</summary>
    Pending,

    /// <summary>Enough votes; not started yet.</summary>
    Approved,

    /// <summary>Somebody said no.</summary>
    Denied,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>The requester withdrew it, or a check before the run failed.</summary>
    Cancelled,

    /// <summary>A newer request took its place.</summary>
    Superseded,

    /// <summary>The plan runs.</summary>
    Running,

    /// <summary>Ran; everything succeeded.</summary>
    Succeeded,

    /// <summary>Ran; failed.</summary>
    Failed,

    /// <summary>Ran; some targets failed.</summary>
    Partial,

    /// <summary>Started; the end is not known. Never repeated by itself.</summary>
    Unknown,
}
