using ChatOps.Configuration;
using ChatOps.Policy;
using ChatOps.Yaml;

namespace ChatOps.Node.Policy;

/// <summary>Reads <c>node-policy.yaml</c>. A file that is not understood in every part lets nothing run.</summary>
internal static class NodePolicyLoader
{
    /// <summary>Largest file.</summary>
    public const int MaxBytes = 64 * 1024;

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
        var yaml = new YamlReader(path);
        var policy = NodePolicy.Default;
        foreach (var (key, _, value) in yaml.Load(text, "read", "change", "dangerous", "rules")?.Entries ?? [])
        {
            policy = key switch
            {
                "read" => policy with { Read = Word<NodeVerdict>(yaml, value, key) },
                "change" => policy with { Change = Word<NodeVerdict>(yaml, value, key) },
                "dangerous" => policy with { Dangerous = Word<NodeVerdict>(yaml, value, key) },
                _ => policy with { Rules = [.. yaml.List(value, key).Select((item, i) => Rule(yaml, item, $"{key}[{i}]"))] },
            };
        }

        return yaml.Problems.Count == 0 ? policy : throw new ConfigurationProblemsException(yaml.Problems);
    }

    private static NodeRule Rule(YamlReader yaml, YamlElement item, string key)
    {
        var refused = new NodeRule("*", null, NodeVerdict.Never);
        if (yaml.Map(item, key, "program", "risk", "then") is not { } map) return refused;
        if (!map.TryGetValue("program", out var program)) yaml.Problem(item, key, "has no program.");
        if (!map.TryGetValue("then", out var then)) yaml.Problem(item, key, "does not say what then.");
        if (program is null || then is null) return refused;
        return new NodeRule(
            yaml.Text(program, $"{key}.program") ?? "*",
            map.TryGetValue("risk", out var risk) ? Word<Risk>(yaml, risk, $"{key}.risk") : null,
            Word<NodeVerdict>(yaml, then, $"{key}.then"));
    }

    private static T Word<T>(YamlReader yaml, YamlElement element, string key) where T : struct, Enum
    {
        var word = default(T);
        yaml.Text(element, key, text => Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) && Enum.TryParse(text, ignoreCase: true, out word)
            ? null
            : $"is one of: {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return word;
    }

    private static ConfigurationProblemsException Wrong(string path, int line, string key, string reason) => new([new(path, line, key, reason)]);
}
