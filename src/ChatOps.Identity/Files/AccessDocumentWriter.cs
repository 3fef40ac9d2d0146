using System.Text;

namespace ChatOps.Identity.Files;

/// <summary>Writes the gateway's own access.yaml. Every value is quoted, so that no name can be read as anything but a text.</summary>
internal static class AccessDocumentWriter
{
    private const string Header = """
        # Written by ChatOps: the owner, roles granted and identities linked while it runs.
        # The operator's own rules belong in access.yaml of the workspace; both files count together.

        """;

    public static string Write(AccessDocument document)
    {
        var text = new StringBuilder(Header);
        if (document.Roles.Count > 0) text.Append("roles:\n");
        foreach (var role in document.Roles)
        {
            text.Append($"  {Quoted(role.Name)}:\n");
            if (role.Description.Length > 0) text.Append($"    description: {Quoted(role.Description)}\n");
            Permissions(text, "allow", role.Allow);
            Permissions(text, "deny", role.Deny);
        }

        text.Append("people:\n");
        foreach (var person in document.People)
        {
            text.Append($"  {Quoted(person.Id)}:\n");
            if (person.Name is not null) text.Append($"    name: {Quoted(person.Name)}\n");
            text.Append($"    roles: [{string.Join(", ", person.Roles.Select(r => Quoted(r.Text)))}]\n");
            if (person.Identities.Count > 0) text.Append($"    identities: [{string.Join(", ", person.Identities.Select(i => Quoted(i.Text)))}]\n");
        }

        return text.ToString();
    }

    private static void Permissions(StringBuilder text, string key, IReadOnlyList<PermissionEntry> permissions)
    {
        if (permissions.Count == 0) return;
        text.Append($"    {key}:\n");
        foreach (var permission in permissions) text.Append($"      - {{ tool: {Quoted(permission.Tool)}, on: {Quoted(permission.On.ToString())} }}\n");
    }

    // Control characters were refused when the value was read or given, so these two are all that needs an escape.
    private static string Quoted(string value) => "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
