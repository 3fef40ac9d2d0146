using ChatOps.Fleet;
using ChatOps.Identity;

namespace ChatOps.Tests.Agent.Fakes;

/// <summary>One operator, <c>ana</c>; everybody whose id begins with "stranger" is one. What she may use can be narrowed.</summary>
internal sealed class People : IPrincipals, IAuthorizer
{
    public static readonly Principal Ana = new("ana", "Ana", ["operator"], ["test:ana"]);

    public Func<string, bool> Allowed { get; set; } = _ => true;

    public Principal? Resolve(Actor actor) => actor.UserId.StartsWith("stranger", StringComparison.Ordinal) ? null : Ana;

    public Principal? Find(string id) => id == Ana.Id ? Ana : null;

    public IReadOnlyList<Principal> All() => [Ana];

    public AccessDecision Decide(Principal principal, string tool, string group, IReadOnlyList<NodeInfo> targets) => new(Allowed(group), null, "as the test says");

    public bool CouldUse(Principal principal, string tool, string group) => Allowed(group);

    public IReadOnlyList<RoleInfo> Roles() => [new("operator", "Operates.", [], []), new("viewer", "Looks.", [], [])];
}
