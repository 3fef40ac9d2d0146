namespace ChatOps.Identity.Files;

/// <summary>A person as written in one file; another file may add roles and identities.</summary>
internal sealed record PersonEntry(
    string Id, int Line, string? Name, IReadOnlyList<LocatedText> Roles, IReadOnlyList<LocatedText> Identities);
