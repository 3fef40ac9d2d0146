namespace ChatOps.Messages;

/// <summary>The inbox's answer.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="InboxId">The id, also of the earlier copy for a duplicate; null when refused.</param>
/// <param name="Reason">For people, when refused.</param>
public sealed record InboxReceipt(InboxStatus Status, string? InboxId, string? Reason = null);
