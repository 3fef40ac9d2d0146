using ChatOps.Fleet;
using ChatOps.Identity.Files;
using ChatOps.Identity.Roles;

namespace ChatOps.Identity;

/// <summary>Decides from the version in force and says by which rule. What acts on the gateway alone is covered only by rules on <c>all</c>.</summary>
internal sealed class Authorizer(AccessFiles files) : IAuthorizer
{
    private const int MaxNamed = 3;

    public AccessDecision Decide(Principal principal, string tool, string group, IReadOnlyList<NodeInfo> targets)
    {
        var snapshot = files.Snapshot;
        if (snapshot.Find(principal.Id) is not { } person)
            return new(false, null, $"Nobody called {AccessText.Shown(principal.Id)} is in access.yaml (any more).");
        if (Denial(person.Deny, tool, group, targets) is var (denial, where))
            return new(false, denial, $"{principal.Id} may not use {tool}{where}: {denial}.");

        var missing = Uncovered(person.Allow, tool, group, targets, out var rule);
        if (rule is not null && missing.Count == 0) return new(true, rule, $"{principal.Id} may use {tool}{On(targets)}: {rule}.");
        return new(false, null, NothingAllows(snapshot, person, tool, group, targets, missing));
    }

    public bool CouldUse(Principal principal, string tool, string group) =>
        files.Snapshot.Find(principal.Id) is { } person
        && person.Allow.Any(p => p.Names(tool, group))
        && !person.Deny.Any(p => p.Everywhere && p.Names(tool, group));

    public IReadOnlyList<RoleInfo> Roles() =>
        [.. files.Snapshot.Roles.Select(r => new RoleInfo(r.Name, r.Description, [.. r.Allow.Select(p => p.Rule)], [.. r.Deny.Select(p => p.Rule)]))];

    private static (AccessRule Rule, string Where)? Denial(IReadOnlyList<Permission> deny, string tool, string group, IReadOnlyList<NodeInfo> targets)
    {
        foreach (var permission in deny)
        {
            if (!permission.Names(tool, group)) continue;
            if (permission.Everywhere) return (permission.Rule, On(targets));
            foreach (var node in targets)
            {
                if (permission.Covers(node)) return (permission.Rule, On([node]));
            }
        }

        return null;
    }

    // The targets that no rule covers, and the first rule that covers something.
    private static List<NodeInfo> Uncovered(
        IReadOnlyList<Permission> allow, string tool, string group, IReadOnlyList<NodeInfo> targets, out AccessRule? rule)
    {
        rule = null;
        var missing = new List<NodeInfo>();
        var rules = allow.Where(p => p.Names(tool, group)).ToList();
        if (targets.Count == 0) rule = rules.FirstOrDefault(p => p.Everywhere)?.Rule;
        foreach (var node in targets)
        {
            var covering = rules.FirstOrDefault(p => p.Covers(node));
            rule ??= covering?.Rule;
            if (covering is null) missing.Add(node);
        }

        return missing;
    }

    private static string NothingAllows(
        AccessSnapshot snapshot, Person person, string tool, string group, IReadOnlyList<NodeInfo> targets, List<NodeInfo> missing)
    {
        var roles = person.Principal.Roles;
        var has = roles.Count == 0 ? "has no role" : $"has the role{(roles.Count > 1 ? "s" : "")} {string.Join(", ", roles)}";
        var would = snapshot.Roles
            .Where(r => Denial(r.Deny, tool, group, targets) is null && Uncovered(r.Allow, tool, group, missing, out var rule).Count == 0 && rule is not null)
            .Select(r => r.Name)
            .ToList();
        var helps = would.Count == 0 ? "No role would allow it." : $"It would be allowed by the role {string.Join(" or ", would)}.";
        return $"Nothing allows {person.Principal.Id} to use {tool}{On(missing)}; {person.Principal.Id} {has}. {helps}";
    }

    private static string On(IReadOnlyList<NodeInfo> nodes) => nodes.Count switch
    {
        0 => "",
        <= MaxNamed => " on " + string.Join(", ", nodes.Select(n => n.Name)),
        _ => $" on {string.Join(", ", nodes.Take(MaxNamed).Select(n => n.Name))} and {nodes.Count - MaxNamed} more",
    };
}
