using ChatOps.Configuration;

namespace ChatOps.Yaml;

/// <summary>
/// Reads a YAML text that an operator wrote and takes values out of it; what does not fit becomes a problem with its line and reading goes on, so that all
/// problems are found at once.
/// </summary>
/// <param name="file">The file's name, for problems.</param>
public sealed class YamlReader(string file)
{
    /// <summary>Longest file, in characters.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>Most pieces of a file (texts, lists, maps).</summary>
    public const int MaxElements = 250_000;

    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 16;

    /// <summary>The key of problems that concern the whole file.</summary>
    internal const string WholeFile = "(file)";

    /// <summary>What is wrong so far.</summary>
    public List<ConfigurationProblem> Problems { get; } = [];

    /// <summary>The file's map, without entries when the file is empty; null when it cannot be read or is something else.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="known">The keys that it may have; all when there are none.</param>
    public YamlMap? Load(string text, params IReadOnlyList<string> known) => YamlTreeReader.Read(file, text, Problems) switch
    {
        null => null,
        YamlScalar { IsNull: true } empty => new YamlMap(empty.Line, []),
        var root => Map(root, "", known),
    };

    /// <summary>A map; null when it is something else. Keys that are written twice or not known are problems, and left out.</summary>
    /// <param name="element">Where it is.</param>
    /// <param name="path">Its path, for problems.</param>
    /// <param name="known">The keys that it may have; all when there are none.</param>
    public YamlMap? Map(YamlElement element, string path, params IReadOnlyList<string> known)
    {
        if (element is not YamlMap map)
        {
            Problem(element, path.Length == 0 ? WholeFile : path, "this must be a map (name: value).");
            return null;
        }

        var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var at = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";
            if (known.Count > 0 && !known.Contains(entry.Key)) Problem(entry.Line, at, $"unknown key '{entry.Key}'; known here: {string.Join(", ", known)}.", NearestName.Of(entry.Key, known));
            else if (!entries.TryAdd(entry.Key, entry)) Problem(entry.Line, at, $"'{entry.Key}' is already written in line {entries[entry.Key].Line}; write it once.");
        }

        return entries.Count == map.Entries.Count ? map : map with { Entries = [.. entries.Values] };
    }

    /// <summary>The items of a list; none when it was left empty.</summary>
    public IReadOnlyList<YamlElement> List(YamlElement element, string path)
    {
        if (element is YamlList list) return list.Items;
        if (element is not YamlScalar { IsNull: true }) Problem(element, path, "this must be a list: [one, two], or one item a line behind '- '.");
        return [];
    }

    /// <summary>The items of a list; a single text counts as a list of one.</summary>
    public IReadOnlyList<YamlElement> OneOrMore(YamlElement element, string path) => element is YamlScalar { IsNull: false } ? [element] : List(element, path);

    /// <summary>A text that says something; null when not, with the problem added.</summary>
    public string? Text(YamlElement element, string path) => Text(element, path, text => text.Length > 0 ? null : "a value is missing.");

    /// <summary>A text that passes a check; null when not, with the problem added.</summary>
    /// <param name="element">Where it is.</param>
    /// <param name="path">Its path.</param>
    /// <param name="check">Answers with what is wrong, or null.</param>
    public string? Text(YamlElement element, string path, Func<string, string?> check)
    {
        var scalar = element as YamlScalar;
        var reason = scalar is null ? "this must be a text, not a list or a map." : scalar.IsNull ? "a value is missing." : check(scalar.Text);
        if (reason is not null) Problem(element, path, reason);
        return reason is null ? scalar!.Text : null;
    }

    /// <summary>Notes what is wrong with a piece.</summary>
    public void Problem(YamlElement at, string path, string reason, string? nearest = null) => Problem(at.Line, path, reason, nearest);

    /// <summary>Notes what is wrong in a line.</summary>
    public void Problem(int line, string path, string reason, string? nearest = null) => Problems.Add(new(file, line, path, reason, nearest));

    /// <summary>Where a piece is written, in one word: <c>policy.yaml:12</c>.</summary>
    public string Place(YamlElement at) => $"{Path.GetFileName(file)}:{at.Line}";
}
