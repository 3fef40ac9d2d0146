namespace ChatOps.Messages;

/// <summary>Event: an approval has left <c>pending</c> (approved, denied, expired, cancelled or superseded).</summary>
/// <param name="ApprovalId">Its id.</param>
public sealed record ApprovalDecided(string ApprovalId);
