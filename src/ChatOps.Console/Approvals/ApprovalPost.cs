namespace ChatOps.Console.Approvals;

/// <summary>A decision made on the approvals page, bound to what the page showed.</summary>
internal sealed record ApprovalPost(int? Revision, string? Hash, string? Reason, string? GrantFor);
