using System.Globalization;
using ChatOps.Configuration;
using ChatOps.Yaml;

namespace ChatOps.Policy.Rules;

/// <summary>The values that rules and command knowledge are written with.</summary>
internal static class PolicyValues
{
    /// <summary>A list of words: a sequence of texts, or one text with blanks between them.</summary>
    public static IReadOnlyList<string> Words(this YamlReader yaml, YamlElement element, string path) => element is YamlScalar scalar
        ? scalar.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        : [.. yaml.List(element, path).Select(word => yaml.Text(word, path)).OfType<string>()];

    public static bool Flag(this YamlReader yaml, YamlElement element, string path) => yaml.Text(element, path, text => text is "true" or "false" ? null : "must be true or false") == "true";

    public static int? Number(this YamlReader yaml, YamlElement element, string path, int least, int most)
    {
        var number = 0;
        return yaml.Text(element, path, text => int.TryParse(text, CultureInfo.InvariantCulture, out number) && number >= least && number <= most ? null : $"must be a whole number from {least} to {most}") is null
            ? null : number;
    }

    public static Risk? Level(this YamlReader yaml, YamlElement element, string path, params IReadOnlyList<Risk> allowed)
    {
        if (yaml.Text(element, path) is not { } text) return null;
        var names = allowed.Select(r => r.ToString().ToLowerInvariant()).ToList();
        if (names.IndexOf(text) is >= 0 and var index) return allowed[index];
        yaml.Problem(element, path, $"must be one of {string.Join(", ", names)}, not '{text}'", NearestName.Of(text, names));
        return null;
    }
}
