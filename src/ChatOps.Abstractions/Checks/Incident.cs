namespace ChatOps.Checks;

/// <summary>Something critical, from the finding to its resolution.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">For people.</param>
/// <param name="ConversationId">Where it is worked on.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="ResolvedAt">When it was resolved; null while it is open.</param>
/// <param name="ResolvedBy">The principal.</param>
/// <param name="Report">The file of the post-mortem draft; null while it is open.</param>
public sealed record Incident(string Id, string Title, string ConversationId, DateTimeOffset OpenedAt, DateTimeOffset? ResolvedAt, string? ResolvedBy, string? Report)
{
    /// <summary>Whether it is not resolved yet.</summary>
    public bool IsOpen => ResolvedAt is null;
}
