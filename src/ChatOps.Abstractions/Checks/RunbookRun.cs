namespace ChatOps.Checks;

/// <summary>A time that a runbook note's steps were put to the gate.</summary>
/// <param name="InvocationId">The plan's invocation.</param>
/// <param name="Note">The note.</param>
/// <param name="Digest">What it would do then.</param>
/// <param name="FindingId">The finding.</param>
/// <param name="At">When.</param>
public sealed record RunbookRun(string InvocationId, string Note, string Digest, string FindingId, DateTimeOffset At)
{
    /// <summary>When its end was taken into the note's record; null while it has none.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended: <c>verified</c>, <c>unverified</c>, <c>failed</c>, <c>not run</c>; null while it has no end.</summary>
    public string? End { get; init; }

    /// <summary>The audit record of its end; null when there is none.</summary>
    public string? AuditId { get; init; }
}
