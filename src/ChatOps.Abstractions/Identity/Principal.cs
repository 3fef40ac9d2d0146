namespace ChatOps.Identity;

/// <summary>A person or service that actors are linked to.</summary>
/// <param name="Id">Unique name, as in access.yaml.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="Roles">Role names in force now.</param>
/// <param name="Identities">The keys of all linked actors.</param>
public sealed record Principal(string Id, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string> Identities);
