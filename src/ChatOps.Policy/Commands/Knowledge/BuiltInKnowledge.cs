using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Configuration;
using ChatOps.Policy.Commands.Judging;
using ChatOps.Policy.Rules;
using ChatOps.Yaml;

namespace ChatOps.Policy.Commands.Knowledge;

/// <summary>The knowledge files that are part of the program.</summary>
internal sealed class BuiltInKnowledge
{
    private BuiltInKnowledge(Dictionary<string, CommandEntry> commands, List<Protection> protections, List<string> plainTrees, List<string> askedTrees, string fingerprint)
    {
        Commands = commands;
        Protections = protections;
        PlainTrees = plainTrees;
        AskedTrees = askedTrees;
        Fingerprint = fingerprint;
    }

    /// <summary>Entries by program name.</summary>
    public IReadOnlyDictionary<string, CommandEntry> Commands { get; }

    /// <summary>Paths whose content asks.</summary>
    public IReadOnlyList<Protection> Protections { get; }

    /// <summary>Directories whose files are meant to be read, whatever they are called.</summary>
    public IReadOnlyList<string> PlainTrees { get; }

    /// <summary>Directories that are not read as a whole.</summary>
    public IReadOnlyList<string> AskedTrees { get; }

    /// <summary>A hash of all files.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads the embedded files. A problem in them is a bug and stops the start.</summary>
    public static BuiltInKnowledge Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var commands = new Dictionary<string, CommandEntry>(StringComparer.Ordinal);
        var protections = new List<Protection>();
        var plain = new List<string>();
        var asked = new List<string>();
        var problems = new List<ConfigurationProblem>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            var text = reader.ReadToEnd();
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            var yaml = new YamlReader(name);
            var map = yaml.Load(text, "commands", "protected", "plain-trees", "asked-trees") ?? throw new ConfigurationProblemsException(yaml.Problems);
            if (map.TryGetValue("commands", out var list))
            {
                foreach (var (entry, node) in new CommandReader(yaml).Read(list, "commands"))
                    if (!commands.TryAdd(entry.Name, entry)) yaml.Problem(node, "commands", $"{entry.Name} is written twice");
            }

            if (map.TryGetValue("protected", out var paths))
            {
                foreach (var node in yaml.List(paths, "protected"))
                {
                    var item = yaml.Map(node, "protected", "id", "why", "paths") ?? throw new ConfigurationProblemsException(yaml.Problems);
                    var id = yaml.Text(item["id"], "protected.id");
                    var why = yaml.Text(item["why"], "protected.why") ?? "";
                    protections.AddRange(yaml.Words(item["paths"], "protected.paths").Select(p => Protection.Of("disclose." + id, why, Risk.Change, p)));
                }
            }

            if (map.TryGetValue("plain-trees", out var trees)) plain.AddRange(yaml.Words(trees, "plain-trees"));
            if (map.TryGetValue("asked-trees", out var roots)) asked.AddRange(yaml.Words(roots, "asked-trees"));
            problems.AddRange(yaml.Problems);
        }

        if (problems.Count > 0) throw new ConfigurationProblemsException(problems);
        return new BuiltInKnowledge(commands, protections, plain, asked, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
