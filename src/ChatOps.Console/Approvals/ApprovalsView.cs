using ChatOps.Approvals;

namespace ChatOps.Console.Approvals;

/// <summary>What the approvals page shows.</summary>
/// <param name="Filter">all, mine, approved, denied, failed or expired.</param>
/// <param name="NeedsYou">What this person may decide now.</param>
/// <param name="Others">What waits for other people.</param>
/// <param name="Decided">What was decided, newest first, filtered.</param>
/// <param name="Grants">Standing grants.</param>
/// <param name="Person">Who looks.</param>
/// <param name="MayRevoke">Whether they may end grants.</param>
/// <param name="Now">The time of looking.</param>
public sealed record ApprovalsView(
    string Filter,
    IReadOnlyList<Approval> NeedsYou,
    IReadOnlyList<Approval> Others,
    IReadOnlyList<Approval> Decided,
    IReadOnlyList<StandingGrant> Grants,
    string Person,
    bool MayRevoke,
    DateTimeOffset Now);
