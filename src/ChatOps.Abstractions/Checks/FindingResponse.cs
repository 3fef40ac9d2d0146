namespace ChatOps.Checks;

/// <summary>What is done about a finding, step by step: each step is on disk before the next begins.</summary>
/// <param name="FindingId">The finding; there is one response to each.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="At">When the finding was told.</param>
public sealed record FindingResponse(string FindingId, FindingStage Stage, DateTimeOffset At)
{
    /// <summary>The runbook note that was found for it; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>How far the note was trusted then.</summary>
    public RunbookTrust Trust { get; init; }

    /// <summary>When a model was asked to look into it; null when it was not.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The message with which it was asked; null while it was not accepted.</summary>
    public string? InboxId { get; init; }

    /// <summary>The invocation of the note's plan; null when there is none.</summary>
    public string? Plan { get; init; }

    /// <summary>What became of the note's steps, in a sentence; empty when they were not put to the gate.</summary>
    public string PlanSaid { get; init; } = "";
}
