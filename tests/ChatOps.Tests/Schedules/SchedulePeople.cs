using ChatOps.Identity;

namespace ChatOps.Tests.Schedules;

/// <summary>People who come and go.</summary>
internal sealed class SchedulePeople : IPrincipals
{
    public const string Ana = "ana";

    public HashSet<string> Known { get; } = [Ana];

    public Principal? Resolve(Actor actor) => Find(actor.UserId);

    public Principal? Find(string id) => Known.Contains(id) ? new Principal(id, id, ["operator"], []) : null;

    public IReadOnlyList<Principal> All() => [.. Known.Order(StringComparer.Ordinal).Select(id => Find(id)!)];
}
