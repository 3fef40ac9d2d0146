namespace ChatOps.Checks;

/// <summary>Something that a check found and that people were told.</summary>
public sealed record Finding
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The check.</summary>
    public required string Check { get; init; }

    /// <summary>Its targets; several were found in the same way at once.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The kind of the check.</summary>
    public required string Kind { get; init; }

    /// <summary>How bad.</summary>
    public CheckLevel Level { get; init; }

    /// <summary>When it was told.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When all of its targets were well again; null while they are not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What was found.</summary>
    public string Text { get; init; } = "";

    /// <summary>What shows it.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>Where it was told.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The message that told it; null when there is none.</summary>
    public string? MessageId { get; init; }
}
