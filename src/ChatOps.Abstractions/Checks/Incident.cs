namespace ChatOps.Checks;

/// <summary>Something critical, from its first finding to its resolution.</summary>
public sealed record Incident
{
    /// <summary>A short id that people type.</summary>
    public required string Id { get; init; }

    /// <summary>What was found first.</summary>
    public required string Title { get; init; }

    /// <summary>The check.</summary>
    public required string Check { get; init; }

    /// <summary>Where: grows with what joins.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The findings, oldest first.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>The conversation in which it is worked on: its own thread where the platform has one, else the one in which it was told.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The message of the first finding while it is not known whether its sending opened a thread; null once it is, and where none was wanted.</summary>
    public string? ThreadFrom { get; init; }

    /// <summary>The conversation in which it was told, where the incident has a thread of its own; else null.</summary>
    public string? ToldIn { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was resolved; null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Who resolved it.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>The file of the post-mortem draft, in workspace/reports; null while it is open.</summary>
    public string? Report { get; init; }
}
