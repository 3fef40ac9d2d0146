using ChatOps.Policy;

namespace ChatOps.Audit;

/// <summary>What is to be recorded. Text is redacted before it is hashed.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Summary">One line for people.</param>
public sealed record AuditEntry(AuditKind Kind, string Summary)
{
    /// <summary>Principal, or <c>gateway</c>.</summary>
    public string Principal { get; init; } = "gateway";

    /// <summary>The identity it came through.</summary>
    public string? ActorKey { get; init; }

    /// <summary>The conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The invocation.</summary>
    public string? InvocationId { get; init; }

    /// <summary>The approval.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>The tool.</summary>
    public string? Tool { get; init; }

    /// <summary>Resolved nodes.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>Assessed risk.</summary>
    public Risk? Risk { get; init; }

    /// <summary>The rule that allowed, refused or asked.</summary>
    public string? Rule { get; init; }

    /// <summary>One word: done, refused, waiting, failed, partial, unknown, approved, denied, …</summary>
    public string? Outcome { get; init; }

    /// <summary>More facts as strings: arguments, exit codes, hashes, votes.</summary>
    public IReadOnlyDictionary<string, string> Detail { get; init; } = new Dictionary<string, string>();
}
