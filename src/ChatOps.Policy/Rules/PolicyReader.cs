using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Outside;
using ChatOps.Policy.Commands.Judging;
using ChatOps.Policy.Commands.Knowledge;
using ChatOps.Yaml;

namespace ChatOps.Policy.Rules;

/// <summary>Makes a snapshot from the built-in knowledge and the text of policy.yaml.</summary>
internal sealed class PolicyReader(BuiltInKnowledge builtIn, IReadOnlyList<string> gatewayPaths, IReadOnlyList<string> knownTools)
{
    /// <summary>Most votes that a rule may ask for.</summary>
    private const int MaxVotes = 10;

    private const int VersionLength = 12;

    private static readonly string[] TopKeys = ["commands", "raise", "protect", "approvals", "mcp"];

    /// <summary>Reads the text; null and the problems when it is not good.</summary>
    public PolicySnapshot? Read(string text, string file, out IReadOnlyList<ConfigurationProblem> problems)
    {
        var yaml = new YamlReader(file);
        problems = yaml.Problems;
        if (yaml.Load(text, TopKeys) is not { } map) return null;
        var commands = new Dictionary<string, CommandEntry>(builtIn.Commands, StringComparer.Ordinal);
        if (map.TryGetValue("commands", out var list)) AddCommands(yaml, list, commands);
        var raises = map.TryGetValue("raise", out var raise) ? ReadRaises(yaml, raise, commands) : [];
        var protections = map.TryGetValue("protect", out var protect) ? ReadProtections(yaml, protect) : [];
        var groups = new List<GroupUse>();
        var approvals = map.TryGetValue("approvals", out var rules) ? ReadApprovals(yaml, rules, groups) : [];
        var outside = map.TryGetValue("mcp", out var tools) ? ReadOutside(yaml, tools) : [];
        if (problems.Count > 0) return null;
        var guard = new PathGuard(protections.Concat(builtIn.Protections), Gateway(), builtIn.PlainTrees, builtIn.AskedTrees);
        var knowledge = new KnowledgeBase(commands.ToFrozenDictionary(StringComparer.Ordinal), raises.ToFrozenDictionary(StringComparer.Ordinal), guard);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(builtIn.Fingerprint + "\n" + string.Join('\n', gatewayPaths) + "\n" + text));
        return new PolicySnapshot(knowledge, approvals, Convert.ToHexStringLower(hash)[..VersionLength]) { Groups = groups, Outside = outside };
    }

    private IEnumerable<Protection> Gateway()
    {
        foreach (var path in gatewayPaths.Select(Path.GetFullPath).Concat([".chatops", "/var/lib/chatops", "/etc/chatops"]))
            yield return Protection.Of("forbidden.gateway-data", "the gateway's own keys, store, audit or configuration", Risk.Forbidden, path);
    }

    private static void AddCommands(YamlReader yaml, YamlElement list, Dictionary<string, CommandEntry> commands)
    {
        foreach (var (entry, node) in new CommandReader(yaml).Read(list, "commands"))
        {
            if (!commands.TryAdd(entry.Name, entry))
                yaml.Problem(node, "commands", $"{entry.Name} is known already; 'raise' can make it stricter, and nothing can make it looser");
        }
    }

    private static Dictionary<string, Verdict> ReadRaises(YamlReader yaml, YamlElement list, Dictionary<string, CommandEntry> commands)
    {
        var raises = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        var index = 0;
        foreach (var node in yaml.List(list, "raise"))
        {
            var path = $"raise[{index++}]";
            if (yaml.Map(node, path, "command", "risk", "why") is not { } map) continue;
            if (!map.TryGetValue("command", out var command) || !map.TryGetValue("risk", out var level))
            {
                yaml.Problem(node, path, "needs a command and a risk");
                continue;
            }

            var words = yaml.Words(command, path + ".command");
            var risk = yaml.Level(level, path + ".risk", Risk.Change, Risk.Dangerous, Risk.Forbidden);
            if (words.Count == 0 || risk is null) continue;
            if (Find(words, commands) is not { } entry)
            {
                yaml.Problem(command, path + ".command", $"'{string.Join(' ', words)}' is not a known command or subcommand", NearestName.Of(words[0], commands.Keys));
                continue;
            }

            var why = map.TryGetValue("why", out var text) ? yaml.Text(text, path + ".why") : "is raised by the operator";
            raises[entry.Key] = new Verdict(risk.Value, yaml.Place(node), $"{string.Join(' ', words)}: {why}");
        }

        return raises;
    }

    private static CommandEntry? Find(IReadOnlyList<string> words, Dictionary<string, CommandEntry> commands)
    {
        if (!commands.TryGetValue(words[0], out var entry)) return null;
        foreach (var word in words.Skip(1))
            if (!entry.Sub.TryGetValue(word, out entry)) return null;
        return entry;
    }

    private static List<Protection> ReadProtections(YamlReader yaml, YamlElement list)
    {
        var protections = new List<Protection>();
        var index = 0;
        foreach (var node in yaml.List(list, "protect"))
        {
            var path = $"protect[{index++}]";
            if (yaml.Map(node, path, "paths", "why", "risk") is not { } map) continue;
            if (!map.TryGetValue("paths", out var paths))
            {
                yaml.Problem(node, path, "needs paths");
                continue;
            }

            var why = map.TryGetValue("why", out var text) ? yaml.Text(text, path + ".why") ?? "" : "what the operator protects";
            var risk = map.TryGetValue("risk", out var level) ? yaml.Level(level, path + ".risk", Risk.Change, Risk.Dangerous, Risk.Forbidden) : Risk.Change;
            foreach (var protectedPath in yaml.Words(paths, path + ".paths"))
            {
                if (protectedPath.Trim('/').Length == 0 || protectedPath.Contains("..", StringComparison.Ordinal))
                    yaml.Problem(paths, path + ".paths", "must be names or paths, without '..'");
                else protections.Add(Protection.Of(yaml.Place(node), why, risk ?? Risk.Change, protectedPath));
            }
        }

        return protections;
    }

    private static Dictionary<string, (Risk Risk, string Place)> ReadOutside(YamlReader yaml, YamlElement list)
    {
        var risks = new Dictionary<string, (Risk, string)>(StringComparer.Ordinal);
        var index = 0;
        foreach (var node in yaml.List(list, "mcp"))
        {
            var path = $"mcp[{index++}]";
            if (yaml.Map(node, path, "tools", "risk") is not { } map) continue;
            if (!map.TryGetValue("tools", out var tools) || !map.TryGetValue("risk", out var level))
            {
                yaml.Problem(node, path, "needs tools and a risk");
                continue;
            }

            if (yaml.Level(level, path + ".risk", Risk.Read, Risk.Change, Risk.Dangerous, Risk.Forbidden) is not { } risk) continue;
            foreach (var tool in yaml.Words(tools, path + ".tools"))
            {
                if (!tool.StartsWith(IOutsideTools.Prefix, StringComparison.Ordinal)) yaml.Problem(tools, path + ".tools", $"'{tool}' is no tool of a server; their names begin with {IOutsideTools.Prefix}");
                else if (!risks.TryAdd(tool, (risk, yaml.Place(node)))) yaml.Problem(tools, path + ".tools", $"'{tool}' has a risk already");
            }
        }

        return risks;
    }

    private string ReadTool(YamlReader yaml, YamlElement node, string path)
    {
        var name = yaml.Text(node, path) ?? "";
        // Tools of servers come and go; a rule about one stands before its server answers.
        if (name.StartsWith(IOutsideTools.Prefix, StringComparison.Ordinal)) return name;
        if (name.Length > 0 && knownTools.Count > 0 && !knownTools.Contains(name, StringComparer.Ordinal))
            yaml.Problem(node, path, $"there is no tool '{name}'", NearestName.Of(name, knownTools));
        return name;
    }

    private List<ApprovalRule> ReadApprovals(YamlReader yaml, YamlElement list, List<GroupUse> groups)
    {
        var rules = new List<ApprovalRule>();
        var index = 0;
        foreach (var node in yaml.List(list, "approvals"))
        {
            var path = $"approvals[{index++}]";
            if (yaml.Map(node, path, "tool", "risk", "on", "ask", "votes", "roles", "standing") is not { } map) continue;
            Selector? on = null;
            if (map.TryGetValue("on", out var selector))
            {
                if (!Selector.TryParse(yaml.Text(selector, path + ".on") ?? "", out on, out var error)) yaml.Problem(selector, path + ".on", error);
                else groups.AddRange(on.NamedGroups.Select(name => new GroupUse(name, selector.Line, path + ".on")));
            }

            var risks = new List<Risk>();
            if (map.TryGetValue("risk", out var levels))
            {
                foreach (var level in yaml.OneOrMore(levels, path + ".risk"))
                    if (yaml.Level(level, path + ".risk", Risk.Read, Risk.Change, Risk.Dangerous) is { } risk) risks.Add(risk);
            }

            if (map.TryGetValue("ask", out var ask) && !yaml.Flag(ask, path + ".ask"))
                yaml.Problem(ask, path + ".ask", "can only be true: a rule may make something ask, never make it not ask");
            rules.Add(new ApprovalRule(
                yaml.Place(node),
                map.TryGetValue("tool", out var tool) ? ReadTool(yaml, tool, path + ".tool") : null,
                risks,
                on,
                ask is not null || map.ContainsKey("votes") || map.ContainsKey("roles"),
                map.TryGetValue("votes", out var votes) ? yaml.Number(votes, path + ".votes", 1, MaxVotes) : null,
                map.TryGetValue("roles", out var roles) ? yaml.Words(roles, path + ".roles") : [],
                map.TryGetValue("standing", out var standing) ? yaml.Flag(standing, path + ".standing") : null));
        }

        return rules;
    }
}
