namespace ChatOps.Identity.Roles;

/// <summary>A person of all files together, with the rules of all their roles.</summary>
internal sealed class Person(Principal principal, IReadOnlyList<Role> roles)
{
    public Principal Principal { get; } = principal;

    public IReadOnlyList<Permission> Allow { get; } = [.. roles.SelectMany(r => r.Allow)];

    public IReadOnlyList<Permission> Deny { get; } = [.. roles.SelectMany(r => r.Deny)];
}
