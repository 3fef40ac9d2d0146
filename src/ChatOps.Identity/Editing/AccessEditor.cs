using ChatOps.Configuration;
using ChatOps.Identity.Files;

namespace ChatOps.Identity.Editing;

/// <summary>Grants, revokes and links in the gateway's own file.</summary>
internal sealed class AccessEditor(AccessFiles files) : IAccessEditor
{
    public Task<string?> GrantAsync(string person, string role, CancellationToken cancellationToken) => files.EditAsync(now =>
    {
        if (BadName(person) is { } bad) return AccessEdit.Refuse(bad);
        var roles = now.Snapshot.Roles.Select(r => r.Name).ToList();
        if (!roles.Contains(role)) return AccessEdit.Refuse(Unknown("role", role, roles));
        if (now.Snapshot.Find(person)?.Principal.Roles.Contains(role) == true) return AccessEdit.Nothing;
        var entry = Entry(now, person);
        return AccessEdit.Write(now.Data.With(entry with { Roles = [.. entry.Roles, new(role, 0)] }));
    }, cancellationToken);

    public Task<string?> RevokeAsync(string person, string role, CancellationToken cancellationToken) => files.EditAsync(now =>
    {
        if (now.Snapshot.Find(person)?.Principal is not { } principal)
            return AccessEdit.Refuse(Unknown("person", person, now.Snapshot.Principals.Select(p => p.Id)));
        if (!principal.Roles.Contains(role))
            return AccessEdit.Refuse($"{person} does not have the role '{AccessText.Shown(role)}'; {person} has {(principal.Roles.Count == 0 ? "none" : string.Join(", ", principal.Roles))}.");
        if (now.Workspace.Person(person)?.Roles.FirstOrDefault(r => r.Text == role) is { } written)
            return AccessEdit.Refuse($"{person} has the role {role} by {now.Workspace.File}:{written.Line}, which only its operator writes; take it out there.");
        var entry = Entry(now, person);
        return AccessEdit.Write(now.Data.With(entry with { Roles = [.. entry.Roles.Where(r => r.Text != role)] }));
    }, cancellationToken);

    public Task<string?> LinkAsync(string person, Actor actor, CancellationToken cancellationToken) => files.EditAsync(now =>
    {
        if (BadName(person) is { } bad) return AccessEdit.Refuse(bad);
        if (Parts(actor).Any(part => part.Contains(':', StringComparison.Ordinal)) || AccessText.Identity(actor.Key) is not null)
            return AccessEdit.Refuse($"'{AccessText.Shown(actor.Key)}' cannot be linked: {AccessText.Identity(actor.Key) ?? "a part of it has a colon."}");
        if (now.Snapshot.FindIdentity(actor.Key)?.Principal is { } holder)
            return holder.Id == person ? AccessEdit.Nothing : AccessEdit.Refuse($"'{actor.Key}' is already linked to {holder.Id}; an identity is one person's.");
        var entry = Entry(now, person);
        return AccessEdit.Write(now.Data.With(entry with { Identities = [.. entry.Identities, new(actor.Key, 0)] }));
    }, cancellationToken);

    private static PersonEntry Entry(AccessVersion now, string person) => now.Data.Person(person) ?? new(person, 0, null, [], []);

    private static string[] Parts(Actor actor) => [actor.Channel, actor.Tenant, actor.UserId];

    private static string? BadName(string person) =>
        AccessText.Name(person) is { } wrong ? $"'{AccessText.Shown(person)}' cannot be the name of a person: {wrong}" : null;

    private static string Unknown(string kind, string name, IEnumerable<string> known) =>
        $"there is no {kind} '{AccessText.Shown(name)}'" + (NearestName.Of(name, known) is { } near ? $"; did you mean '{near}'?" : ".");
}
