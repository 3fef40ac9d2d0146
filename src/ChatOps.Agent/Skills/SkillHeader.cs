using System.Text.RegularExpressions;
using ChatOps.Yaml;

namespace ChatOps.Agent.Skills;

/// <summary>The header of a <c>SKILL.md</c>: YAML between <c>---</c> lines (agentskills.io), or fenced as <c>```skill</c>, which some write.</summary>
/// <param name="Fields">Texts by key.</param>
/// <param name="Metadata">The <c>metadata</c> map.</param>
/// <param name="BodyLine">The 1-based line where the text begins.</param>
/// <param name="Fenced">Whether it was the fenced form.</param>
/// <param name="Ignored">Keys that are not of the format.</param>
internal sealed partial record SkillHeader(
    IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, string> Metadata, int BodyLine, bool Fenced, IReadOnlyList<string> Ignored)
{
    private const int MaxHeaderLines = 200;
    private static readonly string[] Known = ["name", "description", "license", "compatibility", "allowed-tools"];

    /// <summary>Reads it.</summary>
    /// <returns>The header, or why there is none, for people.</returns>
    public static (SkillHeader? Header, string? Problem) Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n').Take(MaxHeaderLines + 1).Select(l => l.TrimEnd('\r')).ToArray();
        var fenced = lines[0].StartsWith("```skill", StringComparison.Ordinal);
        if (!fenced && lines[0] != "---") return (null, "SKILL.md does not begin with a header between --- lines.");
        var end = Array.IndexOf(lines, fenced ? "```" : "---", 1);
        if (end < 0) return (null, $"The header of SKILL.md is not closed within {MaxHeaderLines} lines.");
        // The empty line in place of the mark keeps the numbers of lines those of the file.
        var yaml = new YamlReader("SKILL.md");
        var root = yaml.Load('\n' + string.Join('\n', lines[1..end]));
        if (root?.TryGetValue("metadata", out var metadata) is true && metadata is YamlMap) yaml.Map(metadata, "metadata");
        if (yaml.Problems is [var first, ..]) return (null, $"The header of SKILL.md is not readable YAML (line {first.Line}): {first.Reason}");
        return Of(root!, end + 2, fenced);
    }

    private static (SkillHeader? Header, string? Problem) Of(YamlMap root, int bodyLine, bool fenced)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var ignored = new List<string>();
        foreach (var (key, _, value) in root.Entries)
        {
            if (Known.Contains(key) && value is YamlScalar { Text: var text }) fields[key] = text.Trim();
            else if (Known.Contains(key)) return (null, $"'{key}' in the header of SKILL.md must be a text.");
            else if (key == "metadata" && value is YamlMap map) foreach (var entry in map.Entries) metadata[entry.Key] = (entry.Value as YamlScalar)?.Text ?? "";
            else ignored.Add(key);
        }

        if (!fields.TryGetValue("name", out var name) || !NamePattern().IsMatch(name)) return (null, "'name' must be 1 to 64 of a-z, 0-9 and single hyphens between them.");
        if (!fields.TryGetValue("description", out var description) || description.Length is 0 or > 1024) return (null, "'description' must have 1 to 1024 characters: what the skill does and when to use it.");
        if (fields.GetValueOrDefault("compatibility")?.Length > 500) return (null, "'compatibility' has more than 500 characters.");
        return (new SkillHeader(fields, metadata, bodyLine, fenced, ignored), null);
    }

    [GeneratedRegex("^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
