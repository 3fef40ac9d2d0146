using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Configuration;

namespace ChatOps.Host;

/// <summary>The settings that another release knows, from its appsettings.schema.json: whether what is written here would be taken there.</summary>
internal sealed class ReleaseSchema
{
    private readonly JsonObject root;

    private ReleaseSchema(JsonObject root) => this.root = root;

    /// <summary>Reads the schema of a release.</summary>
    /// <exception cref="ConfigurationProblemsException">It cannot be read, or is no such schema.</exception>
    public static ReleaseSchema Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= SettingsFile.MaxBytes && JsonNode.Parse(File.ReadAllText(path)) is JsonObject root && root["properties"] is JsonObject
                ? new ReleaseSchema(root)
                : throw Wrong(path, "is no schema of settings: take appsettings.schema.json of the release, or what its `chatops config schema` prints.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Wrong(path, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>The schema of this program.</summary>
    public static ReleaseSchema Own() => new(JsonNode.Parse(SettingsSchema.Create().ToJsonString())!.AsObject());

    /// <summary>What of the written settings that release would refuse, and what it wants and is not written.</summary>
    /// <param name="written">The values of all sources, in order.</param>
    public IReadOnlyList<ConfigurationProblem> ProblemsOf(IReadOnlyList<SettingValue> written)
    {
        var problems = new List<ConfigurationProblem>();
        string? skipBelow = null;
        foreach (var value in written)
        {
            if (skipBelow is not null && value.Key.StartsWith(skipBelow, StringComparison.Ordinal)) continue;
            skipBelow = null;
            if (Find(value.Key) is not { } rule)
            {
                problems.Add(new(value.Source, value.Line, value.Key, KnownSettings.IsKnown(value.Key) ? "is gone there: this version knows it, that one does not." : "is not known there.", NearestName.Of(value.Key, Keys("", root))));
                skipBelow = value.Key + ":";
            }
            else if (Refusal(rule, value) is { } reason)
            {
                problems.Add(new(value.Source, value.Line, value.Key, reason));
            }
        }

        problems.AddRange(Missing("", root, written));
        return problems;
    }

    /// <summary>Settings that are written nowhere and have another default there, in words.</summary>
    public IEnumerable<string> OtherDefaults(IReadOnlyList<SettingValue> written)
    {
        var here = Own();
        var keys = written.Select(v => v.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var key in Keys("", root).Where(k => !keys.Contains(k)))
        {
            if (here.Find(key) is not { } mine || Find(key) is not { } theirs || JsonNode.DeepEquals(mine["default"], theirs["default"])) continue;
            yield return $"{key}: {Text(mine["default"])} here, {Text(theirs["default"])} there";
        }
    }

    private JsonObject? Find(string key)
    {
        var rule = root;
        foreach (var name in key.Split(':'))
        {
            var next = rule["properties"]?[name] ?? (rule["type"]?.ToString() == "array" && name.All(char.IsAsciiDigit) ? rule["items"] : rule["additionalProperties"] as JsonObject);
            if (next is not JsonObject found) return null;
            rule = found;
        }

        return rule;
    }

    private static string? Refusal(JsonObject rule, SettingValue value)
    {
        var type = rule["type"]?.ToString();
        var fits = value.Form switch
        {
            JsonValueKind.Object => type == "object",
            JsonValueKind.Array => type == "array",
            JsonValueKind.Number => type is "number" or "integer",
            JsonValueKind.True => type == "boolean",
            JsonValueKind.String => type == "string",
            _ => type is not "object",
        };
        if (!fits) return $"has another form there: {type}.";

        // What a reference leads to is looked at by the release itself.
        if (value.Form is JsonValueKind.Object or JsonValueKind.Array || value.Text.Contains("${", StringComparison.Ordinal)) return null;
        if (rule["enum"] is JsonArray choices && !choices.Any(c => c?.ToString() == value.Text)) return $"may not be '{value.Text}' there, only {string.Join(", ", choices.Select(c => c?.ToString()))}.";
        if (type is not ("number" or "integer") || !double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
        return rule["minimum"] is { } low && number < (double)low ? $"must be at least {low} there."
            : rule["maximum"] is { } high && number > (double)high ? $"may be {high} at most there."
            : null;
    }

    private static IEnumerable<ConfigurationProblem> Missing(string prefix, JsonObject section, IReadOnlyList<SettingValue> written)
    {
        foreach (var name in section["required"] as JsonArray ?? [])
        {
            var key = prefix + name;
            if (!written.Any(v => v.Key == key || v.Key.StartsWith(key + ":", StringComparison.Ordinal))) yield return new("settings", 0, key, "is required there, and written nowhere.");
        }

        foreach (var (name, rule) in section["properties"] as JsonObject ?? [])
        {
            // A section that nobody writes requires nothing.
            if (rule is not JsonObject inner || !written.Any(v => v.Key == prefix + name || v.Key.StartsWith($"{prefix}{name}:", StringComparison.Ordinal))) continue;
            foreach (var problem in Missing($"{prefix}{name}:", inner, written)) yield return problem;
        }
    }

    private static IEnumerable<string> Keys(string prefix, JsonObject section) => (section["properties"] as JsonObject ?? []).Where(p => p.Value is JsonObject)
        .SelectMany(p => p.Value!["properties"] is JsonObject ? Keys($"{prefix}{p.Key}:", (JsonObject)p.Value) : [prefix + p.Key]);

    private static string Text(JsonNode? value) => value?.ToString() ?? "(not set)";

    private static ConfigurationProblemsException Wrong(string path, string what) => new([new(path, 0, "(file)", what)]);
}
