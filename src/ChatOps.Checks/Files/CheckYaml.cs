using ChatOps.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ChatOps.Checks.Files;

/// <summary>Reads the plain part of YAML and collects what is wrong with it, each with its line.</summary>
internal sealed class CheckYaml(string file)
{
    /// <summary>Longest file, in characters.</summary>
    public const int MaxLength = 512 * 1024;

    private const int MaxDepth = 12;

    /// <summary>What is wrong so far.</summary>
    public List<ConfigurationProblem> Problems { get; } = [];

    /// <summary>The root; null for an empty or unreadable text.</summary>
    public YamlNode? Load(string text)
    {
        if (text.Length > MaxLength)
        {
            Problems.Add(new(file, 0, "(file)", $"the file has more than {MaxLength / 1024} Ki characters."));
            return null;
        }

        try
        {
            if (Refused(text) is { } refused)
            {
                Problems.Add(refused);
                return null;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 || IsEmpty(stream.Documents[0].RootNode) ? null : stream.Documents[0].RootNode;
        }
        catch (YamlException e)
        {
            Problems.Add(new(file, (int)e.Start.Line, "(file)", "this is not valid YAML: " + (e.InnerException ?? e).Message.ReplaceLineEndings(" ")));
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // The scanner answers some malformed escapes with these instead of its own exception.
            Problems.Add(new(file, 0, "(file)", "this is not valid YAML."));
            return null;
        }
    }

    /// <summary>A map with its keys; null when it is something else.</summary>
    public IReadOnlyDictionary<string, (YamlNode Key, YamlNode Value)>? Map(YamlNode node, string path)
    {
        if (node is not YamlMappingNode mapping)
        {
            Problem(node, path, "this must be a map (name: value).");
            return null;
        }

        var map = new Dictionary<string, (YamlNode, YamlNode)>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Children) map[key is YamlScalarNode { Value: { } name } ? name : ""] = (key, value);
        return map;
    }

    /// <summary>The items of a list; a single text counts as a list of one.</summary>
    public IReadOnlyList<YamlNode> List(YamlNode node, string path)
    {
        if (node is YamlSequenceNode list) return [.. list.Children];
        if (node is YamlScalarNode && !IsEmpty(node)) return [node];
        if (!IsEmpty(node)) Problem(node, path, "this must be a list.");
        return [];
    }

    /// <summary>A text; null with a problem when it is none.</summary>
    public string? Text(YamlNode node, string path)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text }) return text;
        Problem(node, path, "this must be a text.");
        return null;
    }

    /// <summary>Notes a problem.</summary>
    public void Problem(YamlNode at, string path, string reason, string? nearest = null) => Problems.Add(new(file, (int)at.Start.Line, path, reason, nearest));

    /// <summary>Whether nothing was written.</summary>
    public static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private ConfigurationProblem? Refused(string text)
    {
        var parser = new Parser(new StringReader(text));
        var (depth, documents) = (0, 0);
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            var why = current switch
            {
                AnchorAlias => "aliases ('*name') are not read here; write the value out.",
                NodeEvent { Anchor.IsEmpty: false } => "anchors ('&name') are not read here; write the value out.",
                NodeEvent { Tag.IsEmpty: false } => "tags ('!name') are not read here; remove it.",
                DocumentStart when ++documents > 1 => "the file holds a second YAML document ('---'); only one is read.",
                _ when depth > MaxDepth => $"the file is nested more than {MaxDepth} levels deep.",
                _ => null,
            };
            if (why is not null) return new(file, (int)current.Start.Line, "(file)", why);
        }

        return null;
    }
}
