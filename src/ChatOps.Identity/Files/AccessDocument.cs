namespace ChatOps.Identity.Files;

/// <summary>The content of one access.yaml, free of problems that can be seen in it alone.</summary>
internal sealed record AccessDocument(string File, IReadOnlyList<RoleEntry> Roles, IReadOnlyList<PersonEntry> People)
{
    /// <summary>Named groups of nodes.</summary>
    public IReadOnlyList<GroupEntry> Groups { get; init; } = [];

    public static AccessDocument Empty(string file) => new(file, [], []);

    public PersonEntry? Person(string id) => People.FirstOrDefault(p => p.Id == id);

    /// <summary>This document with the person replaced, or added at the end.</summary>
    public AccessDocument With(PersonEntry person) => Person(person.Id) is null
        ? this with { People = [.. People, person] }
        : this with { People = [.. People.Select(p => p.Id == person.Id ? person : p)] };
}
