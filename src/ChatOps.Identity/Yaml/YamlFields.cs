using ChatOps.Configuration;

namespace ChatOps.Identity.Yaml;

/// <summary>Takes typed values out of a tree; what does not fit becomes a problem and reading goes on, so that all problems are found at once.</summary>
internal sealed class YamlFields(string file, List<ConfigurationProblem> problems)
{
    public void Problem(int line, string key, string reason, string? nearest = null) => problems.Add(new(file, line, key, reason, nearest));

    /// <summary>The entries of a map; none when it was left empty.</summary>
    public IReadOnlyList<YamlEntry> Map(YamlElement element, string key)
    {
        if (element is YamlMap map) return map.Entries;
        if (element is not YamlScalar { IsNull: true }) Problem(element.Line, key, "this must be a map (name: value).");
        return [];
    }

    /// <summary>The entries of a map whose keys are fixed; others are problems.</summary>
    public IReadOnlyList<YamlEntry> Map(YamlElement element, string key, params IReadOnlyList<string> known)
    {
        var entries = Map(element, key);
        foreach (var entry in entries.Where(e => !known.Contains(e.Key)))
        {
            var path = key.Length == 0 ? entry.Key : $"{key}.{entry.Key}";
            Problem(entry.Line, path, $"unknown key '{entry.Key}'; known here: {string.Join(", ", known)}.", NearestName.Of(entry.Key, known));
        }

        return entries;
    }

    /// <summary>The items of a list; none when it was left empty.</summary>
    public IReadOnlyList<YamlElement> List(YamlElement element, string key)
    {
        if (element is YamlList list) return list.Items;
        if (element is not YamlScalar { IsNull: true }) Problem(element.Line, key, "this must be a list: [one, two], or one item a line behind '- '.");
        return [];
    }

    /// <summary>A text that passes a check; null when not, with the problem added.</summary>
    /// <param name="element">Where it is.</param>
    /// <param name="key">Its path.</param>
    /// <param name="check">Answers with what is wrong, or null.</param>
    public string? Text(YamlElement element, string key, Func<string, string?> check)
    {
        var reason = element is not YamlScalar scalar ? "this must be a text, not a list or a map."
            : scalar.IsNull ? "a value is missing."
            : check(scalar.Text);
        if (reason is not null) Problem(element.Line, key, reason);
        return reason is null ? ((YamlScalar)element).Text : null;
    }
}
