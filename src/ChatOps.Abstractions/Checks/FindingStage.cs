namespace ChatOps.Checks;

/// <summary>How far the response to a finding is.</summary>
public enum FindingStage
{
    /// <summary>It was told; nothing was decided.</summary>
    Told,

    /// <summary>The note is chosen and the question to a model counted.</summary>
    Decided,

    /// <summary>The note's steps were put to the gate, or it was said why not.</summary>
    Proposed,

    /// <summary>All that was to be begun was begun.</summary>
    Done,
}
