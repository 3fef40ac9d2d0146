namespace ChatOps.Models;

/// <summary>What the gate does with a call.</summary>
public enum ReplayVerdict
{
    /// <summary>It runs.</summary>
    Runs,

    /// <summary>People are asked.</summary>
    Asks,

    /// <summary>It is refused, or is no call that could be made.</summary>
    Refused,
}
