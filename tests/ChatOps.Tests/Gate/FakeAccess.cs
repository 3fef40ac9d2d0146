using ChatOps.Fleet;
using ChatOps.Identity;

namespace ChatOps.Tests.Gate;

/// <summary>People whose roles a test changes; operators may do everything, nobody else anything.</summary>
internal sealed class FakeAccess : IPrincipals, IAuthorizer, IAccessEditor
{
    public const string Operator = "operator";
    private readonly Dictionary<string, List<string>> people = new(StringComparer.Ordinal) { ["ana"] = [Operator], ["li"] = [Operator], ["guest"] = [] };

    public Dictionary<string, string> Identities { get; } = new(StringComparer.Ordinal);

    public void Remove(string person) => people.Remove(person);

    public void SetRoles(string person, params string[] roles) => people[person] = [.. roles];

    public Principal? Resolve(Actor actor) => Find(Identities.GetValueOrDefault(actor.Key) ?? actor.UserId);

    public Principal? Find(string id) => people.TryGetValue(id, out var roles) ? new Principal(id, id, roles, []) : null;

    public IReadOnlyList<Principal> All() => people.Keys.Order().Select(p => Find(p)!).ToList();

    public AccessDecision Decide(Principal principal, string tool, string group, IReadOnlyList<NodeInfo> targets) =>
        people.TryGetValue(principal.Id, out var roles) && roles.Contains(Operator)
            ? new AccessDecision(true, new AccessRule("operators may", "test", 1), "Operators may.")
            : new AccessDecision(false, null, $"Nothing allows {principal.Id} to use {tool}.");

    public bool CouldUse(Principal principal, string tool, string group) => Decide(principal, tool, group, []).Allowed;

    public List<string> KnownRoles { get; } = [];

    public IReadOnlyList<RoleInfo> Roles() => [.. KnownRoles.Select(r => new RoleInfo(r, "", [], []))];

    public Task<string?> GrantAsync(string person, string role, CancellationToken cancellationToken)
    {
        people.TryAdd(person, []);
        people[person].Add(role);
        return Task.FromResult<string?>(null);
    }

    public Task<string?> RevokeAsync(string person, string role, CancellationToken cancellationToken) =>
        Task.FromResult(people.TryGetValue(person, out var roles) && roles.Remove(role) ? null : "no such role");

    public Task<string?> LinkAsync(string person, Actor actor, CancellationToken cancellationToken)
    {
        Identities[actor.Key] = person;
        return Task.FromResult<string?>(null);
    }
}
