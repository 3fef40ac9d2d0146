namespace ChatOps.Identity;

/// <summary>Links actors to principals. Answers come from the version of access.yaml in force; call it again at every decision.</summary>
public interface IPrincipals
{
    /// <summary>The principal of an actor, or <see langword="null"/> for a stranger.</summary>
    Principal? Resolve(Actor actor);

    /// <summary>The principal of that name with the roles in force now, or <see langword="null"/> when it is gone.</summary>
    Principal? Find(string id);

    /// <summary>All principals, ordered by id.</summary>
    IReadOnlyList<Principal> All();
}
