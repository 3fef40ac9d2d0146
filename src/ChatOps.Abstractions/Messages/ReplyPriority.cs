namespace ChatOps.Messages;

/// <summary>What goes first when a platform limits the rate.</summary>
public enum ReplyPriority
{
    /// <summary>Approvals.</summary>
    Approval,

    /// <summary>Results and answers.</summary>
    Result,

    /// <summary>Progress.</summary>
    Progress,
}
