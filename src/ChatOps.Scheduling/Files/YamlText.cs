using ChatOps.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ChatOps.Scheduling.Files;

/// <summary>Reads a YAML text that an operator wrote and collects everything that is wrong with it. Anchors, aliases, tags and several documents are refused.</summary>
internal sealed class YamlText(string file)
{
    /// <summary>Longest file, in characters.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxDepth = 8;

    private static readonly Dictionary<string, YamlNode> Nothing = [];

    /// <summary>What is wrong so far.</summary>
    public List<ConfigurationProblem> Problems { get; } = [];

    /// <summary>The root mapping; null when the text cannot be read.</summary>
    public IReadOnlyDictionary<string, YamlNode>? Load(string text, params IReadOnlyList<string> keys)
    {
        if (text.Length > MaxLength)
        {
            Problems.Add(new ConfigurationProblem(file, 0, "", $"the file is larger than {MaxLength / 1024} KiB; write several"));
            return null;
        }

        try
        {
            if (!IsPlain(text)) return null;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 || IsEmpty(stream.Documents[0].RootNode) ? Nothing : Map(stream.Documents[0].RootNode, "", keys);
        }
        catch (YamlException e)
        {
            Problems.Add(new ConfigurationProblem(file, (int)e.Start.Line, "", "this is no valid YAML: " + (e.InnerException ?? e).Message));
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // The scanner answers some malformed escapes with these instead of its own exception.
            Problems.Add(new ConfigurationProblem(file, 0, "", "this is no valid YAML"));
            return null;
        }
    }

    /// <summary>The mapping at a node; unknown keys are problems.</summary>
    public IReadOnlyDictionary<string, YamlNode> Map(YamlNode node, string path, IReadOnlyList<string> keys)
    {
        if (node is not YamlMappingNode mapping)
        {
            Problem(node, path, "must be a mapping of keys to values");
            return Nothing;
        }

        var map = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Children)
        {
            var name = key is YamlScalarNode { Value: { } text } ? text : "";
            if (keys.Contains(name)) map[name] = value;
            else Problem(key, path.Length == 0 ? name : $"{path}.{name}", "is not known here; known are " + string.Join(", ", keys), NearestName.Of(name, keys));
        }

        return map;
    }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<YamlNode> List(YamlNode node, string path)
    {
        if (node is YamlSequenceNode list) return [.. list.Children];
        if (!IsEmpty(node)) Problem(node, path, "must be a list");
        return [];
    }

    /// <summary>A text; null with a problem.</summary>
    public string? Text(YamlNode node, string path)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text }) return text;
        Problem(node, path, "must be a text");
        return null;
    }

    /// <summary>Adds a problem.</summary>
    public void Problem(YamlNode at, string path, string reason, string? nearest = null) => Problems.Add(new ConfigurationProblem(file, (int)at.Start.Line, path, reason, nearest));

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private bool IsPlain(string text)
    {
        var parser = new Parser(new StringReader(text));
        var (depth, documents) = (0, 0);
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
