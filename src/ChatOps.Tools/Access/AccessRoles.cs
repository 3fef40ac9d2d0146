namespace ChatOps.Tools.Access;

/// <summary>Built-in role names that tools know.</summary>
internal static class AccessRoles
{
    public const string Admin = "admin";

    /// <summary>Sees and changes nothing.</summary>
    public const string Viewer = "viewer";
}
