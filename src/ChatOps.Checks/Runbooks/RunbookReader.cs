using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ChatOps.Checks.Files;
using ChatOps.Configuration;
using ChatOps.Policy;
using YamlDotNet.RepresentationModel;

namespace ChatOps.Checks.Runbooks;

/// <summary>Reads a runbook note: front matter between <c>---</c> lines, then Markdown in which the steps are fenced as <c>step</c> and the check as <c>check</c>.</summary>
internal sealed partial class RunbookReader(RunbookCommands commands)
{
    private const string Mark = "---";

    /// <summary>Reads it; null with problems when it cannot be used.</summary>
    public (RunbookNote? Note, IReadOnlyList<ConfigurationProblem> Problems) Read(string file, string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        var yaml = new CheckYaml(file);
        var name = Path.GetFileNameWithoutExtension(file);
        var end = lines[0] == Mark ? Array.IndexOf(lines, Mark, 1) : -1;
        if (!NamePattern().IsMatch(name)) yaml.Problems.Add(new(file, 0, "(file)", "the file's name is the note's: 1 to 64 lower case letters, digits, '-', '_' or '.', then .md."));
        if (end is < 0 or > RunbookBounds.MaxHeaderLines)
        {
            yaml.Problems.Add(new(file, 1, "(file)", $"a note begins with its front matter: a line ---, then match, risk and trust, then a line --- (within {RunbookBounds.MaxHeaderLines} lines)."));
            return (null, yaml.Problems);
        }

        // The empty line in place of the mark keeps the numbers of lines those of the file.
        var root = yaml.Load('\n' + string.Join('\n', lines[1..end]));
        var map = root is null ? null : Map(yaml, root, "", RunbookKeys.Top);
        if (root is null && yaml.Problems.Count == 0) yaml.Problems.Add(new(file, 1, "match", "'match' is missing: which findings the note is for."));
        var body = RunbookBody.Read(file, lines, end + 1, commands, yaml.Problems);
        if (map is null) return (null, yaml.Problems);
        if (!map.TryGetValue("match", out var matching)) yaml.Problem(root!, "match", "'match' is missing: which findings the note is for.");
        var match = matching.Value is null ? new RunbookMatch() : Matching(yaml, matching.Value);
        var risk = Word(yaml, map, "risk", RunbookKeys.Risks) is { } r ? Enum.Parse<Risk>(r, ignoreCase: true) : Risk.Change;
        var trust = Word(yaml, map, "trust", RunbookKeys.Trusts) is { } t ? Enum.Parse<RunbookTrust>(t, ignoreCase: true) : RunbookTrust.Suggest;
        var owner = map.TryGetValue("owner", out var who) ? yaml.Text(who.Value, "owner") ?? "" : CheckService.Principal;
        if (trust >= RunbookTrust.Approve && body.Steps.Count == 0) yaml.Problem(map["trust"].Value, "trust", "a note without steps proposes nothing; write its steps in blocks that begin with ```step, or trust: suggest.");
        if (yaml.Problems.Count > 0) return (null, yaml.Problems);
        return (new RunbookNote
        {
            Name = name, Title = body.Title ?? name, Match = match, Risk = risk, Ceiling = trust, Owner = owner, Steps = body.Steps, Check = body.Check, Expect = body.Expect, Text = body.Text,
            File = file, Digest = Digest(owner, risk, body),
        }, []);
    }

    private static RunbookMatch Matching(CheckYaml yaml, YamlNode node)
    {
        if (Map(yaml, node, "match", RunbookKeys.Match) is not { } map) return new RunbookMatch();
        if (map.Count == 0) yaml.Problem(node, "match", $"'match' says nothing; give at least one of {string.Join(", ", RunbookKeys.Match)}.");
        var kinds = List(yaml, map, "kinds");
        var words = KindFormat.All.Select(k => k.Word).Append(CheckDefinition.ReachableNode.KindWord).ToList();
        foreach (var kind in kinds.Where(k => !words.Contains(k))) yaml.Problem(map["kinds"].Value, "match.kinds", $"there is no kind '{kind}'; there are {string.Join(", ", words)}.", NearestName.Of(kind, words));
        var levels = List(yaml, map, "levels");
        foreach (var level in levels.Where(l => !RunbookKeys.Levels.Contains(l))) yaml.Problem(map["levels"].Value, "match.levels", $"there is no level '{level}' here; there are {string.Join(", ", RunbookKeys.Levels)}.");
        var nodes = map.TryGetValue("nodes", out var on) ? yaml.Text(on.Value, "match.nodes") : null;
        if (nodes is not null && !Fleet.Selector.TryParse(nodes, out _, out var error)) yaml.Problem(on.Value, "match.nodes", error);
        return new RunbookMatch
        {
            Checks = List(yaml, map, "checks"),
            Kinds = kinds,
            Levels = [.. levels.Where(RunbookKeys.Levels.Contains).Select(l => Enum.Parse<CheckLevel>(l, ignoreCase: true))],
            Nodes = nodes,
            Words = List(yaml, map, "words"),
        };
    }

    private static Dictionary<string, (YamlNode Key, YamlNode Value)>? Map(CheckYaml yaml, YamlNode node, string path, IReadOnlyList<string> known)
    {
        if (yaml.Map(node, path.Length == 0 ? "(front matter)" : path) is not { } map) return null;
        var prefix = path.Length == 0 ? "" : path + ".";
        foreach (var (name, (key, _)) in map.Where(e => !known.Contains(e.Key))) yaml.Problem(key, prefix + name, $"unknown key '{name}'; known here: {string.Join(", ", known)}.", NearestName.Of(name, known));
        return map.Where(e => known.Contains(e.Key)).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
    }

    private static List<string> List(CheckYaml yaml, Dictionary<string, (YamlNode Key, YamlNode Value)> map, string key) => map.TryGetValue(key, out var entry)
        ? [.. yaml.List(entry.Value, $"match.{key}").Take(RunbookBounds.MaxList).Select(n => yaml.Text(n, $"match.{key}")).OfType<string>()]
        : [];

    private static string? Word(CheckYaml yaml, Dictionary<string, (YamlNode Key, YamlNode Value)> map, string key, IReadOnlyList<string> words)
    {
        if (!map.TryGetValue(key, out var entry) || yaml.Text(entry.Value, key) is not { } word) return null;
        if (words.Contains(word)) return word;
        yaml.Problem(entry.Value, key, $"this must be {string.Join(", ", words)}, not '{word}'.", NearestName.Of(word, words));
        return null;
    }

    private static string Digest(string owner, Risk risk, RunbookBody body)
    {
        var all = new StringBuilder().Append(owner).Append('\n').Append(risk).Append('\n').Append(body.Check).Append('\n').Append(body.Expect);
        foreach (var step in body.Steps) all.Append('\n').Append(step.Command);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
