using ChatOps.Fleet;

namespace ChatOps.Policy.Rules;

/// <summary>
/// The built-in rules with the operator's over them. Every rule that matches can only make the answer stricter (more votes, fewer voters, no standing
/// permission, asking where nothing asked), so neither the order of the file nor a narrow rule can open a hole in a broad one.
/// </summary>
internal sealed class ApprovalRules(PolicySource source) : IApprovalRules
{
    public string Version => source.Current.Version;

    public ApprovalNeed Decide(string tool, Risk risk, IReadOnlyList<NodeInfo> targets)
    {
        var need = risk switch
        {
            Risk.Read => new ApprovalNeed(false, 0, [], true, "built-in: reading does not ask"),
            Risk.Change => new ApprovalNeed(true, 1, [], true, "built-in: a change asks"),
            Risk.Dangerous => new ApprovalNeed(true, 1, [], false, "built-in: something dangerous asks each time"),
            _ => new ApprovalNeed(true, int.MaxValue, [], false, "built-in: what is forbidden cannot be approved"),
        };
        if (risk is not (Risk.Read or Risk.Change or Risk.Dangerous)) return need;
        targets = source.Seen(targets);
        foreach (var rule in source.Current.Approvals)
        {
            if (!rule.Matches(tool, risk, targets)) continue;
            need = Tighten(need, rule);
        }

        return need;
    }

    private static ApprovalNeed Tighten(ApprovalNeed need, ApprovalRule rule)
    {
        var asks = need.Asks || rule.Asks;
        var votes = asks ? Math.Max(Math.Max(need.Votes, rule.Votes ?? 1), 1) : 0;
        // two rules that name roles: a voter must satisfy both; when no role does, nobody can approve, and the names say why
        var roles = rule.Roles.Count == 0 ? need.Roles
            : need.Roles.Count == 0 ? rule.Roles
            : need.Roles.Intersect(rule.Roles, StringComparer.Ordinal).ToList() is { Count: > 0 } both ? both
            : [string.Join('+', need.Roles.Concat(rule.Roles).Distinct(StringComparer.Ordinal))];
        var standing = need.AllowStanding && rule.Standing != false;
        var changed = asks != need.Asks || votes != need.Votes || standing != need.AllowStanding || !ReferenceEquals(roles, need.Roles);
        return changed ? new ApprovalNeed(asks, votes, roles, standing, rule.Place) : need;
    }
}
