namespace ChatOps.Checks;

/// <summary>What is done about a finding next. In the store, so that a crash loses nothing of it.</summary>
public enum FindingWork
{
    /// <summary>Nothing more.</summary>
    None,

    /// <summary>The steps of its note are to be put to the gate, and the agent to be called.</summary>
    Wanted,

    /// <summary>The steps are at the gate: they wait for people, or run.</summary>
    Acting,

    /// <summary>The steps have ended well; the check is to be looked at again.</summary>
    Verifying,
}
