namespace ChatOps.Console.Audit;

/// <summary>The filter of the audit page as typed; it is its address too.</summary>
/// <param name="Since">How far back: <c>24h</c>, <c>7d</c>.</param>
/// <param name="User">Person.</param>
/// <param name="Tool">Tool.</param>
/// <param name="Node">Node.</param>
/// <param name="Outcome">Outcome word.</param>
/// <param name="Text">Contained text.</param>
/// <param name="Invocation">One invocation.</param>
/// <param name="Approval">One approval.</param>
public sealed record AuditFilter(string? Since, string? User, string? Tool, string? Node, string? Outcome, string? Text, string? Invocation, string? Approval)
{
    /// <summary>Whether anything is filtered.</summary>
    public bool Any => (Since ?? User ?? Tool ?? Node ?? Outcome ?? Text ?? Invocation ?? Approval) is not null;

    /// <summary>The address of this filter's records before a sequence number.</summary>
    public string Address(long? before)
    {
        (string Name, string? Value)[] parts =
        [
            ("since", Since), ("user", User), ("tool", Tool), ("node", Node), ("outcome", Outcome), ("text", Text), ("invocation", Invocation), ("approval", Approval),
            ("before", before?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        return "/audit?" + string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
    }
}
