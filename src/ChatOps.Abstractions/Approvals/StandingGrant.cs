namespace ChatOps.Approvals;

/// <summary>"Always allow this exact command here": never wider than the roles of the person who uses it.</summary>
/// <param name="Id">Short id.</param>
/// <param name="Key">SHA-256 over principal, tool, canonical arguments and target names.</param>
/// <param name="Principal">Who may use it.</param>
/// <param name="Tool">Tool.</param>
/// <param name="Title">For people: the exact command and targets.</param>
/// <param name="ApprovalId">The approval it came from.</param>
/// <param name="CreatedBy">Who gave it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Uses">How often it was used.</param>
/// <param name="LastUsedAt">When last.</param>
/// <param name="RevokedBy">Who revoked it.</param>
/// <param name="RevokedAt">When.</param>
public sealed record StandingGrant(
    string Id,
    string Key,
    string Principal,
    string Tool,
    string Title,
    string ApprovalId,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    long Uses,
    DateTimeOffset? LastUsedAt,
    string? RevokedBy,
    DateTimeOffset? RevokedAt);
