using ChatOps.Checks;
using ChatOps.Identity.Files;

namespace ChatOps.Identity;

/// <summary>Answers who somebody is, from the version in force.</summary>
internal sealed class Principals(AccessFiles files) : IPrincipals, IOwner
{
    public string PrincipalId => files.Snapshot.OwnerId ?? throw new InvalidOperationException("Asked for the owner before access.yaml was loaded.");

    public Principal? Resolve(Actor actor)
    {
        // A colon inside a part would make one key of two different actors.
        if (Ambiguous(actor.Channel) || Ambiguous(actor.Tenant) || Ambiguous(actor.UserId) || actor.UserId.Length == 0) return null;
        var snapshot = files.Snapshot;
        // Made by the gateway alone; no platform has this channel.
        if (actor.Channel == CheckService.Channel) return actor == CheckService.Actor ? snapshot.Find(CheckService.Principal)?.Principal : null;
        if (!AccessText.OwnChannels.Contains(actor.Channel)) return snapshot.FindIdentity(actor.Key)?.Principal;
        return actor.Tenant.Length == 0 ? snapshot.Find(actor.UserId)?.Principal : null;
    }

    public Principal? Find(string id) => files.Snapshot.Find(id)?.Principal;

    public IReadOnlyList<Principal> All() => files.Snapshot.Principals;

    private static bool Ambiguous(string part) => part.Contains(':', StringComparison.Ordinal);
}
