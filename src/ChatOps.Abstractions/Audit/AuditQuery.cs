namespace ChatOps.Audit;

/// <summary>A filter; null members do not filter.</summary>
/// <param name="Since">Not older.</param>
/// <param name="Until">Not newer.</param>
/// <param name="Principal">Whose.</param>
/// <param name="Tool">Which tool.</param>
/// <param name="Node">Which node.</param>
/// <param name="Outcome">Which outcome word.</param>
/// <param name="InvocationId">Which invocation.</param>
/// <param name="ApprovalId">Which approval.</param>
/// <param name="Text">Contained in the record, without regard to case.</param>
/// <param name="Before">Only smaller sequence numbers (paging).</param>
/// <param name="Limit">At most so many.</param>
public sealed record AuditQuery(
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null,
    string? Principal = null,
    string? Tool = null,
    string? Node = null,
    string? Outcome = null,
    string? InvocationId = null,
    string? ApprovalId = null,
    string? Text = null,
    long? Before = null,
    int Limit = 100);
