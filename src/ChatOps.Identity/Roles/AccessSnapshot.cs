using System.Collections.Frozen;
using ChatOps.Checks;
using ChatOps.Fleet;

namespace ChatOps.Identity.Roles;

/// <summary>Everybody and every role at one moment. Immutable: a decision reads one snapshot from beginning to end.</summary>
internal sealed class AccessSnapshot(IReadOnlyList<Person> people, IReadOnlyList<Role> roles, string? ownerId)
{
    private readonly FrozenDictionary<string, Person> byId = people.ToFrozenDictionary(p => p.Principal.Id, StringComparer.Ordinal);
    private readonly FrozenDictionary<string, Person> byIdentity = people
        .SelectMany(person => person.Principal.Identities.Select(identity => (identity, person)))
        .ToFrozenDictionary(pair => pair.identity, pair => pair.person, StringComparer.Ordinal);

    /// <summary>Nobody, before the files are loaded.</summary>
    public static AccessSnapshot Nobody { get; } = new([], [], null);

    /// <summary>The first admin; null when nobody is.</summary>
    public string? OwnerId { get; } = ownerId;

    /// <summary>The built-in ones first, the least powerful first.</summary>
    public IReadOnlyList<Role> Roles { get; } = roles;

    /// <summary>Ordered by id.</summary>
    public IReadOnlyList<Principal> Principals { get; } = [.. people.Select(p => p.Principal).OrderBy(p => p.Id, StringComparer.Ordinal)];

    /// <summary>Named groups of nodes.</summary>
    public IReadOnlyDictionary<string, Selector> Groups { get; init; } = FrozenDictionary<string, Selector>.Empty;

    /// <summary>Who checks are: a service, and nobody whom people meet. Null before the files are loaded.</summary>
    public Person? Checks { get; init; }

    public Person? Find(string id) => byId.GetValueOrDefault(id) ?? (id == CheckService.Principal ? Checks : null);

    public Person? FindIdentity(string key) => byIdentity.GetValueOrDefault(key);
}
