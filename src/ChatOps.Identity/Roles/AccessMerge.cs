using ChatOps.Checks;
using ChatOps.Configuration;
using ChatOps.Identity.Files;

namespace ChatOps.Identity.Roles;

/// <summary>
/// Puts the operator's file and the gateway's own together. People add up (roles and identities of both); a role is written once; an
/// identity belongs to one person.
/// </summary>
internal static class AccessMerge
{
    /// <summary>The snapshot, or null with all problems added.</summary>
    /// <param name="workspace">The operator's file; its display names win.</param>
    /// <param name="data">The gateway's own file; the owner is looked for here first.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static AccessSnapshot? Merge(AccessDocument workspace, AccessDocument data, List<ConfigurationProblem> problems)
    {
        var before = problems.Count;
        IReadOnlyList<AccessDocument> documents = [workspace, data];
        var roles = Roles(documents, problems);
        CheckGroups(workspace, data, documents, problems);
        CheckPeople(documents, roles, problems);
        if (problems.Count > before) return null;

        var people = documents.SelectMany(d => d.People).GroupBy(p => p.Id, StringComparer.Ordinal).Select(entries => Person([.. entries], roles)).ToList();
        var owner = data.People.Concat(workspace.People).FirstOrDefault(p => p.Roles.Any(r => r.Text == BuiltInRoles.Admin));
        return new(people, [.. roles.Values], owner?.Id) { Groups = workspace.Groups.ToDictionary(g => g.Name, g => g.On, StringComparer.Ordinal), Checks = Service(people, roles) };
    }

    // Who checks are, unless a person of that name is written.
    private static Person Service(List<Person> people, OrderedDictionary<string, Role> roles) =>
        people.Find(p => p.Principal.Id == CheckService.Principal) ?? new(new Principal(CheckService.Principal, "Checks", [CheckService.Role], []), [roles[CheckService.Role]]);

    // A rule over a group that nobody wrote would quietly deny nothing.
    private static void CheckGroups(AccessDocument workspace, AccessDocument data, IReadOnlyList<AccessDocument> documents, List<ConfigurationProblem> problems)
    {
        foreach (var group in data.Groups)
            problems.Add(new(data.File, group.Line, "groups." + group.Name, "groups are written in access.yaml of the workspace, which the gateway never changes."));
        List<string> names = [.. workspace.Groups.Select(g => g.Name)];
        foreach (var (document, role) in documents.SelectMany(d => d.Roles.Select(r => (d, r))))
        {
            foreach (var permission in role.Allow.Concat(role.Deny))
            {
                if (permission.On.NamedGroups.FirstOrDefault(g => !names.Contains(g)) is not { } missing) continue;
                problems.Add(new(document.File, permission.Line, $"roles.{role.Name}",
                    $"there is no group '{missing}'{(names.Count == 0 ? "; write it under 'groups'." : $"; there are {string.Join(", ", names)}.")}", NearestName.Of(missing, names)));
            }
        }
    }

    private static OrderedDictionary<string, Role> Roles(IReadOnlyList<AccessDocument> documents, List<ConfigurationProblem> problems)
    {
        var roles = new OrderedDictionary<string, Role>(StringComparer.Ordinal);
        foreach (var role in BuiltInRoles.All) roles.Add(role.Name, new(role, BuiltInRoles.File));
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (document, role) in documents.SelectMany(d => d.Roles.Select(r => (d, r))))
        {
            if (places.TryAdd(role.Name, $"{document.File}:{role.Line}")) roles[role.Name] = new(role, document.File);
            else problems.Add(new(document.File, role.Line, "roles." + role.Name, $"this role is already written in {places[role.Name]}; write it once."));
        }

        return roles;
    }

    private static void CheckPeople(IReadOnlyList<AccessDocument> documents, OrderedDictionary<string, Role> roles, List<ConfigurationProblem> problems)
    {
        var owners = new Dictionary<string, (string Person, string Place)>(StringComparer.Ordinal);
        foreach (var (document, person) in documents.SelectMany(d => d.People.Select(p => (d, p))))
        {
            foreach (var (i, role) in person.Roles.Index().Where(r => !roles.ContainsKey(r.Item.Text)))
            {
                problems.Add(new(document.File, role.Line, $"people.{person.Id}.roles[{i}]",
                    $"there is no role '{role.Text}'; there are {string.Join(", ", roles.Keys)}.", NearestName.Of(role.Text, roles.Keys)));
            }

            foreach (var (i, identity) in person.Identities.Index())
            {
                if (owners.TryAdd(identity.Text, (person.Id, $"{document.File}:{identity.Line}")) || owners[identity.Text].Person == person.Id) continue;
                problems.Add(new(document.File, identity.Line, $"people.{person.Id}.identities[{i}]",
                    $"'{identity.Text}' already belongs to {owners[identity.Text].Person} ({owners[identity.Text].Place}); an identity is one person's."));
            }
        }
    }

    private static Person Person(IReadOnlyList<PersonEntry> entries, OrderedDictionary<string, Role> roles)
    {
        var id = entries[0].Id;
        var names = entries.SelectMany(e => e.Roles).Select(r => r.Text).Distinct(StringComparer.Ordinal).ToList();
        var identities = entries.SelectMany(e => e.Identities).Select(i => i.Text).Distinct(StringComparer.Ordinal).ToList();
        var display = entries.Select(e => e.Name).FirstOrDefault(n => n is not null) ?? id;
        return new(new Principal(id, display, names, identities), [.. names.Select(name => roles[name])]);
    }
}
