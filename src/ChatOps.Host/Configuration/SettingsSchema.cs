using System.Text.Json.Nodes;

namespace ChatOps.Host;

/// <summary>The JSON schema of appsettings.json, made from <see cref="KnownSettings"/>: editors complete and check with it.</summary>
internal static class SettingsSchema
{
    /// <summary>The schema.</summary>
    public static JsonObject Create()
    {
        var root = Section("https://json-schema.org/draft/2020-12/schema", "Settings of the ChatOps gateway.");
        Properties(root)["$schema"] = new JsonObject { ["type"] = "string" };
        var defaults = new ChatOpsOptions();
        foreach (var setting in KnownSettings.All)
        {
            var section = root;
            var path = setting.Key.Split(':');
            foreach (var (i, name) in path[..^1].Index())
            {
                if (name == ListKey.Any) continue;
                if (path[i + 1] == ListKey.Any)
                {
                    section = Entries(section, name);
                    continue;
                }

                if (Properties(section)[name] is not JsonObject inner) Properties(section)[name] = inner = Section(null, null);
                section = inner;
            }

            Properties(section)[path[^1]] = Value(setting, setting.Read(defaults));
        }

        return root;
    }

    // A list of sections, and the section that each of its entries is.
    private static JsonObject Entries(JsonObject section, string name)
    {
        if (Properties(section)[name] is not JsonObject list)
        {
            Properties(section)[name] = list = new JsonObject { ["type"] = "array", ["items"] = Section(null, null) };
        }

        return (JsonObject)list["items"]!;
    }

    private static JsonObject Section(string? schema, string? title)
    {
        var section = new JsonObject();
        if (schema is not null) section["$schema"] = schema;
        if (title is not null) section["title"] = title;
        section["type"] = "object";
        section["additionalProperties"] = false;
        section["properties"] = new JsonObject();
        return section;
    }

    private static JsonObject Properties(JsonObject section) => (JsonObject)section["properties"]!;

    private static JsonObject Value(Setting setting, string? defaultText)
    {
        var value = new JsonObject
        {
            ["description"] = setting.Description,
            ["type"] = setting.Kind switch
            {
                SettingKind.Flag => "boolean",
                SettingKind.Number => "integer",
                SettingKind.Decimal => "number",
                SettingKind.Map => "object",
                SettingKind.List => "array",
                _ => "string",
            },
        };
        if (setting.Choices.Count > 0) value["enum"] = new JsonArray([.. setting.Choices.Select(c => JsonValue.Create(c))]);
        if (setting.Minimum is { } minimum) value["minimum"] = minimum;
        if (setting.Maximum is { } maximum) value["maximum"] = maximum;
        if (setting.Kind == SettingKind.Duration) value["pattern"] = "^([0-9]+(ms|s|m|h|d)|\\$\\{.+\\})$";
        if (setting.Kind == SettingKind.List) value["items"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[^,]*$" };
        if (setting.Kind == SettingKind.Map) value["additionalProperties"] = new JsonObject { ["type"] = "string" };
        if (defaultText is not null)
        {
            value["default"] = setting.Kind switch
            {
                SettingKind.Flag => JsonValue.Create(defaultText == "true"),
                SettingKind.Number => JsonValue.Create(long.Parse(defaultText, System.Globalization.CultureInfo.InvariantCulture)),
                _ => JsonValue.Create(defaultText),
            };
        }

        return value;
    }
}
