namespace ChatOps.Messages;

/// <summary>The inbox's answer.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="InboxId">The id, also of the earlier copy for a duplicate; null when refused.</param>
/// <param name="Reason">For people, when refused.</param>
public sealed record InboxReceipt(InboxStatus Status, string? InboxId, string? Reason = null)
{
    /// <summary>Refused for want of a store: the platform must not be told that it was taken, so that it comes again where the platform delivers again.</summary>
    public bool ComesAgain { get; init; }
}
