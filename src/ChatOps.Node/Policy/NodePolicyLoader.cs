using ChatOps.Configuration;
using ChatOps.Policy;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ChatOps.Node.Policy;

/// <summary>Reads <c>node-policy.yaml</c>. A file that is not understood in every part lets nothing run.</summary>
internal static class NodePolicyLoader
{
    /// <summary>Largest file.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly string[] RootKeys = ["read", "change", "dangerous", "rules"];
    private static readonly string[] RuleKeys = ["program", "risk", "then"];

    /// <summary>Loads the policy; without a file it is <see cref="NodePolicy.Default"/>.</summary>
    /// <exception cref="ConfigurationProblemsException">What is wrong, with lines.</exception>
    public static NodePolicy Load(string path)
    {
        try
        {
            if (!File.Exists(path)) return NodePolicy.Default;
            if (new FileInfo(path).Length > MaxBytes) throw Wrong(path, 0, "", $"the file is longer than {MaxBytes / 1024} KiB.");
            return Read(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, 0, "", $"the file cannot be read: {e.Message}");
        }
    }

    private static NodePolicy Read(string path, string text)
    {
        var problems = new List<ConfigurationProblem>();
        var policy = NodePolicy.Default;
        try
        {
            var stream = new YamlStream();
            using var reader = new StringReader(text);
            stream.Load(reader);
            if (stream.Documents.Count == 0) return policy;
            if (stream.Documents.Count > 1 || stream.Documents[0].RootNode is not YamlMappingNode root) throw Wrong(path, 1, "", "the file is one mapping: read, change, dangerous, rules.");
            foreach (var (key, value) in Entries(path, root, "", RootKeys, problems))
            {
                switch (key)
                {
                    case "read": policy = policy with { Read = Word<NodeVerdict>(path, key, value, problems) }; break;
                    case "change": policy = policy with { Change = Word<NodeVerdict>(path, key, value, problems) }; break;
                    case "dangerous": policy = policy with { Dangerous = Word<NodeVerdict>(path, key, value, problems) }; break;
                    default: policy = policy with { Rules = Rules(path, value, problems) }; break;
                }
            }
        }
        catch (YamlException e)
        {
            throw Wrong(path, (int)e.Start.Line, "", $"it is not YAML: {e.Message}");
        }

        return problems.Count == 0 ? policy : throw new ConfigurationProblemsException(problems);
    }

    private static List<NodeRule> Rules(string path, YamlNode node, List<ConfigurationProblem> problems)
    {
        var rules = new List<NodeRule>();
        if (node is not YamlSequenceNode list)
        {
            problems.Add(Problem(path, node, "rules", "is a list of { program, risk, then }."));
            return rules;
        }

        foreach (var item in list.Children)
        {
            var key = $"rules[{rules.Count}]";
            string? program = null;
            Risk? risk = null;
            NodeVerdict? then = null;
            if (item is not YamlMappingNode map)
            {
                problems.Add(Problem(path, item, key, "is a mapping of program, risk and then."));
                continue;
            }

            foreach (var (name, value) in Entries(path, map, key + ".", RuleKeys, problems))
            {
                if (name == "program") program = (value as YamlScalarNode)?.Value;
                else if (name == "risk") risk = Word<Risk>(path, $"{key}.risk", value, problems);
                else then = Word<NodeVerdict>(path, $"{key}.then", value, problems);
            }

            if (string.IsNullOrEmpty(program)) problems.Add(Problem(path, item, key, "has no program."));
            if (then is null) problems.Add(Problem(path, item, key, "does not say what then."));
            rules.Add(new NodeRule(program ?? "*", risk, then ?? NodeVerdict.Never));
        }

        return rules;
    }

    private static IEnumerable<(string Key, YamlNode Value)> Entries(string path, YamlMappingNode map, string prefix, string[] known, List<ConfigurationProblem> problems)
    {
        foreach (var (name, value) in map.Children)
        {
            var key = (name as YamlScalarNode)?.Value ?? "";
            if (known.Contains(key)) yield return (key, value);
            else problems.Add(Problem(path, name, prefix + key, $"is not a key here; there are: {string.Join(", ", known)}."));
        }
    }

    private static T Word<T>(string path, string key, YamlNode node, List<ConfigurationProblem> problems) where T : struct, Enum
    {
        var text = (node as YamlScalarNode)?.Value ?? "";
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        }

        problems.Add(Problem(path, node, key, $"is one of: {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}."));
        return default;
    }

    private static ConfigurationProblem Problem(string path, YamlNode node, string key, string reason) => new(path, (int)node.Start.Line, key, reason);

    private static ConfigurationProblemsException Wrong(string path, int line, string key, string reason) => new([new(path, line, key, reason)]);
}
