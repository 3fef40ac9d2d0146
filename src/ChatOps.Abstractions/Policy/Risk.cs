namespace ChatOps.Policy;

/// <summary>How much harm an invocation can do. The order matters: a plan is as risky as its riskiest part.</summary>
public enum Risk
{
    /// <summary>Provably only reads, and what it reads is harmless to disclose. Runs at once.</summary>
    Read,

    /// <summary>Changes something, or cannot be proven to only read. Asks.</summary>
    Change,

    /// <summary>Destructive, irreversible or far-reaching. Asks, with a confirm step.</summary>
    Dangerous,

    /// <summary>Never, for anybody, with any approval.</summary>
    Forbidden,
}
