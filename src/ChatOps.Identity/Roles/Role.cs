using ChatOps.Identity.Files;

namespace ChatOps.Identity.Roles;

/// <summary>A role ready to decide with.</summary>
internal sealed class Role
{
    public Role(RoleEntry entry, string file)
    {
        Name = entry.Name;
        Description = entry.Description;
        Allow = [.. entry.Allow.Select(p => new Permission(p, Rule(entry, "allows", p, file)))];
        Deny = [.. entry.Deny.Select(p => new Permission(p, Rule(entry, "denies", p, file)))];
    }

    public string Name { get; }

    public string Description { get; }

    public IReadOnlyList<Permission> Allow { get; }

    public IReadOnlyList<Permission> Deny { get; }

    private static AccessRule Rule(RoleEntry role, string verb, PermissionEntry permission, string file) =>
        new($"role {role.Name} {verb} {(permission.Tool == AccessDocumentReader.EveryTool ? "everything" : permission.Tool)} on {permission.On}", file, permission.Line);
}
