using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ChatOps.Checks.Files;
using ChatOps.Configuration;
using ChatOps.Policy;
using ChatOps.Yaml;

namespace ChatOps.Checks.Runbooks;

/// <summary>Reads a runbook note: front matter between <c>---</c> lines, then Markdown in which the steps are fenced as <c>step</c> and the check as <c>check</c>.</summary>
internal sealed partial class RunbookReader(RunbookCommands commands)
{
    private const string Mark = "---";

    /// <summary>Reads it; null with problems when it cannot be used.</summary>
    public (RunbookNote? Note, IReadOnlyList<ConfigurationProblem> Problems) Read(string file, string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        var yaml = new YamlReader(file);
        var name = Path.GetFileNameWithoutExtension(file);
        var end = lines[0] == Mark ? Array.IndexOf(lines, Mark, 1) : -1;
        if (!NamePattern().IsMatch(name)) yaml.Problems.Add(new(file, 0, "(file)", "the file's name is the note's: 1 to 64 lower case letters, digits, '-', '_' or '.', then .md."));
        if (end is < 0 or > RunbookBounds.MaxHeaderLines)
        {
            yaml.Problems.Add(new(file, 1, "(file)", $"a note begins with its front matter: a line ---, then match, risk and trust, then a line --- (within {RunbookBounds.MaxHeaderLines} lines)."));
            return (null, yaml.Problems);
        }

        // The empty line in place of the mark keeps the numbers of lines those of the file.
        var map = yaml.Load('\n' + string.Join('\n', lines[1..end]), RunbookKeys.Top);
        var body = RunbookBody.Read(file, lines, end + 1, commands, yaml.Problems);
        if (map is null) return (null, yaml.Problems);
        if (!map.TryGetValue("match", out var matching)) yaml.Problem(map, "match", "'match' is missing: which findings the note is for.");
        var match = matching is null ? new RunbookMatch() : Matching(yaml, matching);
        var risk = Word(yaml, map, "risk", RunbookKeys.Risks) is { } r ? Enum.Parse<Risk>(r, ignoreCase: true) : Risk.Change;
        var trust = Word(yaml, map, "trust", RunbookKeys.Trusts) is { } t ? Enum.Parse<RunbookTrust>(t, ignoreCase: true) : RunbookTrust.Suggest;
        var owner = map.TryGetValue("owner", out var who) ? yaml.Text(who, "owner") ?? "" : CheckService.Principal;
        if (trust >= RunbookTrust.Approve && body.Steps.Count == 0) yaml.Problem(map["trust"], "trust", "a note without steps proposes nothing; write its steps in blocks that begin with ```step, or trust: suggest.");
        if (yaml.Problems.Count > 0) return (null, yaml.Problems);
        return (new RunbookNote
        {
            Name = name, Title = body.Title ?? name, Match = match, Risk = risk, Ceiling = trust, Owner = owner, Steps = body.Steps, Check = body.Check, Expect = body.Expect, Text = body.Text,
            File = file, Digest = Digest(owner, risk, body),
        }, []);
    }

    private static RunbookMatch Matching(YamlReader yaml, YamlElement node)
    {
        if (yaml.Map(node, "match", RunbookKeys.Match) is not { } map) return new RunbookMatch();
        if (map.Entries.Count == 0) yaml.Problem(node, "match", $"'match' says nothing; give at least one of {string.Join(", ", RunbookKeys.Match)}.");
        var kinds = List(yaml, map, "kinds");
        var words = KindFormat.All.Select(k => k.Word).Append(CheckDefinition.ReachableNode.KindWord).ToList();
        foreach (var kind in kinds.Where(k => !words.Contains(k))) yaml.Problem(map["kinds"], "match.kinds", $"there is no kind '{kind}'; there are {string.Join(", ", words)}.", NearestName.Of(kind, words));
        var levels = List(yaml, map, "levels");
        foreach (var level in levels.Where(l => !RunbookKeys.Levels.Contains(l))) yaml.Problem(map["levels"], "match.levels", $"there is no level '{level}' here; there are {string.Join(", ", RunbookKeys.Levels)}.");
        var nodes = map.TryGetValue("nodes", out var on) ? yaml.Text(on, "match.nodes") : null;
        if (nodes is not null && !Fleet.Selector.TryParse(nodes, out _, out var error)) yaml.Problem(on!, "match.nodes", error);
        return new RunbookMatch
        {
            Checks = List(yaml, map, "checks"),
            Kinds = kinds,
            Levels = [.. levels.Where(RunbookKeys.Levels.Contains).Select(l => Enum.Parse<CheckLevel>(l, ignoreCase: true))],
            Nodes = nodes,
            Words = List(yaml, map, "words"),
        };
    }

    private static List<string> List(YamlReader yaml, YamlMap map, string key) => map.TryGetValue(key, out var entry)
        ? [.. yaml.OneOrMore(entry, $"match.{key}").Take(RunbookBounds.MaxList).Select(n => yaml.Text(n, $"match.{key}")).OfType<string>()]
        : [];

    private static string? Word(YamlReader yaml, YamlMap map, string key, IReadOnlyList<string> words)
    {
        if (!map.TryGetValue(key, out var entry) || yaml.Text(entry, key) is not { } word) return null;
        if (words.Contains(word)) return word;
        yaml.Problem(entry, key, $"this must be {string.Join(", ", words)}, not '{word}'.", NearestName.Of(word, words));
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
