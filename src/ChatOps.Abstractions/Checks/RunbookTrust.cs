namespace ChatOps.Checks;

/// <summary>How far a runbook note may go by itself, the least first.</summary>
public enum RunbookTrust
{
    /// <summary>A finding names it.</summary>
    Observe,

    /// <summary>Its steps are shown.</summary>
    Suggest,

    /// <summary>Its steps are proposed as a plan with a card; a person decides each time.</summary>
    Approve,

    /// <summary>Its steps are put to the gate as they are: what the rules let run runs, the rest still asks.</summary>
    Auto,
}
