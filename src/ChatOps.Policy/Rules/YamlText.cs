using ChatOps.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ChatOps.Policy.Rules;

/// <summary>
/// Reads a YAML text that an operator wrote and collects everything that is wrong with it. Anchors, aliases, tags and several documents are refused: nobody
/// needs them here, and they make small files large.
/// </summary>
internal sealed class YamlText(string file, bool isBuiltIn = false)
{
    /// <summary>Longest file, in characters.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>Deepest nesting.</summary>
    private const int MaxDepth = 24;

    private static readonly Dictionary<string, YamlNode> Nothing = [];

    /// <summary>What is wrong so far.</summary>
    public List<ConfigurationProblem> Problems { get; } = [];

    /// <summary>The root mapping; empty for an empty or unreadable text.</summary>
    public IReadOnlyDictionary<string, YamlNode> Load(string text, params ReadOnlySpan<string> keys)
    {
        if (text.Length > MaxLength)
        {
            Problems.Add(new ConfigurationProblem(file, 0, "", $"the file is larger than {MaxLength / 1024} KiB"));
            return Nothing;
        }

        try
        {
            // the built-in files are checked by tests; scanning them twice would cost the start of every process
            if (!isBuiltIn && !IsPlain(text)) return Nothing;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 || IsEmpty(stream.Documents[0].RootNode) ? Nothing : Map(stream.Documents[0].RootNode, "", keys);
        }
        catch (YamlException e)
        {
            Problems.Add(new ConfigurationProblem(file, (int)e.Start.Line, "", "this is no valid YAML: " + (e.InnerException ?? e).Message));
            return Nothing;
        }
    }

    /// <summary>The mapping at a node. Unknown keys are problems; keys is empty when any is allowed.</summary>
    public IReadOnlyDictionary<string, YamlNode> Map(YamlNode node, string path, params ReadOnlySpan<string> keys)
    {
        if (node is not YamlMappingNode mapping)
        {
            Problem(node, path, "must be a mapping of keys to values");
            return Nothing;
        }

        var known = keys.ToArray();
        var map = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Children)
        {
            var name = key is YamlScalarNode { Value: { } text } ? text : "";
            if (known.Length > 0 && !known.Contains(name, StringComparer.Ordinal))
                Problem(key, Join(path, name), "is not known here; known are " + string.Join(", ", known), NearestName.Of(name, known));
            else map[name] = value;
        }

        return map;
    }

    public IReadOnlyList<YamlNode> List(YamlNode node, string path)
    {
        if (node is YamlSequenceNode list) return [.. list.Children];
        if (!IsEmpty(node)) Problem(node, path, "must be a list");
        return [];
    }

    public string Text(YamlNode node, string path)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text }) return text;
        Problem(node, path, "must be a text");
        return "";
    }

    /// <summary>A list of words: a sequence of texts, or one text with blanks between them.</summary>
    public IReadOnlyList<string> Words(YamlNode node, string path)
    {
        if (node is YamlSequenceNode) return [.. List(node, path).Select(n => Text(n, path)).Where(t => t.Length > 0)];
        return node is YamlScalarNode { Value: { } text } ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [Text(node, path)];
    }

    public bool Flag(YamlNode node, string path)
    {
        if (node is YamlScalarNode { Value: "true" or "false" } scalar) return scalar.Value == "true";
        Problem(node, path, "must be true or false");
        return false;
    }

    public int? Number(YamlNode node, string path, int least, int most)
    {
        if (node is YamlScalarNode scalar && int.TryParse(scalar.Value, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most) return number;
        Problem(node, path, $"must be a whole number from {least} to {most}");
        return null;
    }

    public Risk? Level(YamlNode node, string path, params ReadOnlySpan<Risk> allowed)
    {
        var names = allowed.ToArray().Select(r => r.ToString().ToLowerInvariant()).ToArray();
        var text = Text(node, path);
        var index = Array.IndexOf(names, text);
        if (index >= 0) return allowed[index];
        if (text.Length > 0) Problem(node, path, $"must be one of {string.Join(", ", names)}, not '{text}'", NearestName.Of(text, names));
        return null;
    }

    public void Problem(YamlNode at, string path, string reason, string? nearest = null) =>
        Problems.Add(new ConfigurationProblem(file, (int)at.Start.Line, path, reason, nearest));

    /// <summary>Where a node is written, for rule names.</summary>
    public string Place(YamlNode node) => $"{Path.GetFileName(file)}:{node.Start.Line}";

    public static string Join(string path, string key) => path.Length == 0 ? key : path + "." + key;

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private bool IsPlain(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        var documents = 0;
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            var refused = current switch
            {
                AnchorAlias => "aliases are not supported",
                NodeEvent { Anchor.IsEmpty: false } => "anchors are not supported",
                NodeEvent { Tag.IsEmpty: false } => "tags are not supported",
                DocumentStart when ++documents > 1 => "the file must hold one document",
                _ when depth > MaxDepth => "the file nests too deeply",
                _ => null,
            };
            if (refused is null) continue;
            Problems.Add(new ConfigurationProblem(file, (int)current.Start.Line, "", refused));
            return false;
        }

        return true;
    }
}
