using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Console.Access;

/// <summary>What the access page shows.</summary>
/// <param name="People">Everybody, by name; empty when the person may not see them.</param>
/// <param name="Roles">Roles with what they allow; empty when the person may not see them.</param>
/// <param name="Tools">Tool names, for the question.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">The answer; null when nothing (complete) was asked.</param>
/// <param name="Problem">Why there is no answer.</param>
/// <param name="MayChange">Whether to offer giving and taking roles.</param>
/// <param name="Waiting">Strangers who ask to be let in; empty when the person may not see them.</param>
public sealed record AccessView(
    IReadOnlyList<Principal> People, IReadOnlyList<RoleInfo> Roles, IReadOnlyList<string> Tools, AccessQuestion Question, AccessDecision? Answer, string? Problem, bool MayChange,
    IReadOnlyList<PairingRow> Waiting);
