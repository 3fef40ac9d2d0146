using ChatOps.Policy;

namespace ChatOps.Outside;

/// <summary>How risky the tools of other programs' servers are, as the operator wrote it. What a server says of itself counts for nothing.</summary>
public interface IOutsideRisks
{
    /// <summary>The risk of a tool and where it is written; null when nobody gave it one.</summary>
    (Risk Risk, string Place)? Of(string tool);
}
