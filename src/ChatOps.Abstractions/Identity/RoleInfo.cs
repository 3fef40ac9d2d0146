namespace ChatOps.Identity;

/// <summary>A role for display.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Allow">What it allows.</param>
/// <param name="Deny">What it denies.</param>
public sealed record RoleInfo(string Name, string Description, IReadOnlyList<AccessRule> Allow, IReadOnlyList<AccessRule> Deny);
