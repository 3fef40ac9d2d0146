namespace ChatOps.Tools;

/// <summary>Where an invocation is. Redacted: may be shown and stored.</summary>
/// <param name="InvocationId">Its id.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Summary">One line for people: done, refused by which rule, waiting for whom until when, failed and what to do, unknown.</param>
/// <param name="Result">What the tool returned; null when it did not run.</param>
/// <param name="ApprovalId">The approval, when it waits or waited.</param>
/// <param name="AuditId">The last audit record about it; null when it is not recorded.</param>
/// <param name="Failure">Why not done.</param>
/// <param name="Rule">The rule that refused, that asked, or that let it run without asking.</param>
public sealed record InvocationOutcome(
    string InvocationId,
    InvocationStatus Status,
    string Summary,
    ToolResult? Result = null,
    string? ApprovalId = null,
    string? AuditId = null,
    FailureCode Failure = FailureCode.None,
    string? Rule = null)
{
    /// <summary>The assessed risk; null when it was refused before that, and while it is only known to run or wait.</summary>
    public Policy.Risk? Risk { get; init; }

    /// <summary>Action and scope, for people; null when it was refused before it was assessed.</summary>
    public string? Title { get; init; }

    /// <summary>When to call again, where calls came too fast; null otherwise.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
