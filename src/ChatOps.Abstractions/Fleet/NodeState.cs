namespace ChatOps.Fleet;

/// <summary>Whether a node takes work.</summary>
public enum NodeState
{
    /// <summary>Connected and taking work.</summary>
    Online,

    /// <summary>Connected, but an operator asked for no new work.</summary>
    Drained,

    /// <summary>Not connected.</summary>
    Offline,

    /// <summary>It may not be the machine that it was: nothing reaches it until an operator has looked.</summary>
    Quarantined,
}
