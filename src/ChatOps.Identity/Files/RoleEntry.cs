namespace ChatOps.Identity.Files;

/// <summary>A role as written.</summary>
internal sealed record RoleEntry(
    string Name, int Line, string Description, IReadOnlyList<PermissionEntry> Allow, IReadOnlyList<PermissionEntry> Deny);
