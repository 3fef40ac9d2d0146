using ChatOps.Policy;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns.Steps;

/// <summary>The result of a call as its step keeps it.</summary>
/// <param name="CallId">The model's id of the call.</param>
/// <param name="Tool">The function that was called.</param>
/// <param name="Text">What the model is given: redacted, bounded, and fenced when it comes from outside.</param>
internal sealed record ToolStepData(string CallId, string Tool, string Text)
{
    /// <summary>The invocation; null when the call never reached the gate.</summary>
    public string? InvocationId { get; init; }

    /// <summary>How the invocation ended; null when there was none.</summary>
    public InvocationStatus? Status { get; init; }

    /// <summary>Its assessed risk; null when it was refused before that.</summary>
    public Risk? Risk { get; init; }

    /// <summary>What it did, in a line for people.</summary>
    public string? Title { get; init; }

    /// <summary>Whose words from outside the text holds (<c>logs of web-1</c>), for people; null for none.</summary>
    public string? Outside { get; init; }

    /// <summary>The audit record of the invocation; null when it is not recorded.</summary>
    public string? AuditId { get; init; }

    /// <summary>What the look after the change said; null when there was none.</summary>
    public CheckVerdict? Check { get; init; }

    /// <summary>Whether the invocation changed something, as far as the record knows.</summary>
    public bool IsDoneChange => Status is InvocationStatus.Done or InvocationStatus.Partial && Risk is not (null or Policy.Risk.Read);
}
