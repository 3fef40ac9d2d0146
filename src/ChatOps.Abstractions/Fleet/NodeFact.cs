namespace ChatOps.Fleet;

/// <summary>Facts of a node that somebody else looks for.</summary>
public static class NodeFact
{
    /// <summary>What the node's own policy lets the gateway do, in a few words.</summary>
    public const string Policy = "policy";

    /// <summary>The value of <see cref="Policy"/> where whatever changes something runs without an approval, as far as the node is concerned.</summary>
    public const string ChangesAtWill = "changes need no approval";
}
