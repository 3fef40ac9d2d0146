namespace ChatOps.Console.Access;

/// <summary>Somebody gives or takes a role.</summary>
internal sealed record RolePost(string? Person, string? Role);
