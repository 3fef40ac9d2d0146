using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Identity.Roles;
using ChatOps.Outside;
using ChatOps.Yaml;

namespace ChatOps.Identity.Files;

/// <summary>Reads the text of an access.yaml.</summary>
/// <param name="toolNames">The names a permission may give: all tools and groups of tools.</param>
internal sealed class AccessDocumentReader(Func<IReadOnlyCollection<string>> toolNames)
{
    /// <summary>Stands for every tool.</summary>
    public const string EveryTool = "*";

    /// <summary>
    /// Reads, and adds every problem. With problems the document is what could be made out (null when it is not even YAML): good for finding
    /// further problems in, never for deciding.
    /// </summary>
    public AccessDocument? Read(string file, string text, List<ConfigurationProblem> problems)
    {
        var fields = new YamlReader(file);
        var document = fields.Load(text, "groups", "roles", "people") is { } root ? Document(file, root, fields) : null;
        problems.AddRange(fields.Problems.Select(p => p with { Key = AccessText.Shown(p.Key), Reason = AccessText.Shown(p.Reason) }));
        return document;
    }

    private AccessDocument Document(string file, YamlMap root, YamlReader fields)
    {
        var roles = new List<RoleEntry>();
        var people = new List<PersonEntry>();
        var groups = new List<GroupEntry>();
        foreach (var section in root.Entries)
        {
            if (section.Key == "groups") groups.AddRange(Entries(fields, section.Value, "groups").Select(entry => Group(fields, entry)).OfType<GroupEntry>());
            if (section.Key == "roles") roles.AddRange(Entries(fields, section.Value, "roles").Select(entry => Role(fields, entry)));
            if (section.Key == "people") people.AddRange(Entries(fields, section.Value, "people").Select(entry => Person(fields, entry)));
        }

        return new(file, roles, people) { Groups = groups };
    }

    private static GroupEntry? Group(YamlReader fields, YamlEntry entry)
    {
        var key = "groups." + entry.Key;
        if (AccessText.Name(entry.Key) is { } wrong)
        {
            fields.Problem(entry.Line, key, wrong);
            return null;
        }

        if (On(fields, entry.Value, key) is not { } on) return null;
        if (!on.UsesGroups) return new(entry.Key, on, entry.Line);
        fields.Problem(entry.Line, key, "a group cannot name another group; write its labels or nodes.");
        return null;
    }

    private RoleEntry Role(YamlReader fields, YamlEntry entry)
    {
        var key = "roles." + entry.Key;
        if (AccessText.Name(entry.Key) is { } wrong) fields.Problem(entry.Line, key, wrong);
        else if (BuiltInRoles.Contains(entry.Key)) fields.Problem(entry.Line, key, $"'{entry.Key}' is a built-in role and cannot be written anew; choose another name.");
        var role = new RoleEntry(entry.Key, entry.Line, "", [], []);
        foreach (var field in Entries(fields, entry.Value, key, "description", "allow", "deny"))
        {
            var path = $"{key}.{field.Key}";
            if (field.Key == "description") role = role with { Description = fields.Text(field.Value, path, AccessText.Display) ?? "" };
            if (field.Key == "allow") role = role with { Allow = Permissions(fields, field.Value, path) };
            if (field.Key == "deny") role = role with { Deny = Permissions(fields, field.Value, path) };
        }

        return role;
    }

    private List<PermissionEntry> Permissions(YamlReader fields, YamlElement list, string key)
    {
        var permissions = new List<PermissionEntry>();
        var items = fields.List(list, key);
        for (var i = 0; i < items.Count; i++)
        {
            if (Permission(fields, items[i], $"{key}[{i}]") is { } permission) permissions.Add(permission);
        }

        return permissions;
    }

    private PermissionEntry? Permission(YamlReader fields, YamlElement item, string key)
    {
        string? tool = null;
        Selector? on = null;
        var entries = Entries(fields, item, key, "tool", "on");
        foreach (var field in entries)
        {
            if (field.Key == "tool") tool = Tool(fields, field.Value, key + ".tool");
            if (field.Key == "on") on = On(fields, field.Value, key + ".on");
        }

        if (item is YamlMap or YamlScalar { IsNull: true })
        {
            if (entries.All(e => e.Key != "tool")) fields.Problem(item.Line, key, "'tool' is missing: a tool, a group of tools, or '*' for every tool.");
            if (entries.All(e => e.Key != "on")) fields.Problem(item.Line, key, "'on' is missing: say which nodes, or 'on: all' for every node and the gateway itself.");
        }

        return tool is not null && on is not null ? new(tool, on, item.Line) : null;
    }

    private string? Tool(YamlReader fields, YamlElement value, string key)
    {
        if (fields.Text(value, key, _ => null) is not { } name) return null;
        var known = toolNames();
        // Tools of MCP servers come and go; a permission stands before its server answers.
        if (name == EveryTool || known.Contains(name) || name.StartsWith(IOutsideTools.Prefix, StringComparison.Ordinal)) return name;
        fields.Problem(value.Line, key, $"there is no tool or group of tools '{Shown(name)}'.", NearestName.Of(name, known));
        return null;
    }

    private static Selector? On(YamlReader fields, YamlElement value, string key)
    {
        Selector? selector = null;
        fields.Text(value, key, text => Selector.TryParse(text, out selector, out var error) ? null : error);
        return selector;
    }

    private static PersonEntry Person(YamlReader fields, YamlEntry entry)
    {
        var key = "people." + entry.Key;
        if (AccessText.Name(entry.Key) is { } wrong) fields.Problem(entry.Line, key, wrong);
        var person = new PersonEntry(entry.Key, entry.Line, null, [], []);
        foreach (var field in Entries(fields, entry.Value, key, "name", "roles", "identities"))
        {
            var path = $"{key}.{field.Key}";
            if (field.Key == "name") person = person with { Name = fields.Text(field.Value, path, AccessText.Display) };
            if (field.Key == "roles") person = person with { Roles = Names(fields, field.Value, path, AccessText.Name) };
            if (field.Key == "identities") person = person with { Identities = Names(fields, field.Value, path, AccessText.Identity) };
        }

        return person;
    }

    private static List<LocatedText> Names(YamlReader fields, YamlElement list, string key, Func<string, string?> check)
    {
        var names = new List<LocatedText>();
        var items = fields.List(list, key);
        for (var i = 0; i < items.Count; i++)
        {
            if (fields.Text(items[i], $"{key}[{i}]", check) is not { } name) continue;
            if (names.FirstOrDefault(n => n.Text == name) is { } first)
                fields.Problem(items[i].Line, $"{key}[{i}]", $"'{name}' is already in this list, in line {first.Line}.");
            else names.Add(new(name, items[i].Line));
        }

        return names;
    }

    // What is left empty is nothing.
    private static IReadOnlyList<YamlEntry> Entries(YamlReader fields, YamlElement element, string key, params IReadOnlyList<string> known) =>
        element is YamlScalar { IsNull: true } ? [] : fields.Map(element, key, known)?.Entries ?? [];

    private static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "…";
}
