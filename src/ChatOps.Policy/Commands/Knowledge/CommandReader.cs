using ChatOps.Policy.Rules;
using ChatOps.Yaml;

namespace ChatOps.Policy.Commands.Knowledge;

/// <summary>Reads the <c>commands:</c> of the knowledge files and of policy.yaml. The format is described in Knowledge/README.md.</summary>
internal sealed class CommandReader(YamlReader yaml)
{
    private static readonly string[] EntryKeys =
    [
        "risk", "why", "flags", "operands", "recursive", "replaces", "requires", "dangerous", "single-dash", "options-first", "old-style",
        "frees", "least", "takes-anything", "needs-empty-input", "ignore-case", "judge", "sub", "bare", "shares-flags",
    ];

    private static readonly string[] Judges = ["find", "ps", "test", "xargs", "text"];

    private static readonly string[] TopKeys = ["name", "examples", .. EntryKeys];

    /// <summary>Reads the list; problems are left with the text.</summary>
    public IEnumerable<(CommandEntry Entry, YamlElement Node)> Read(YamlElement list, string path)
    {
        var index = 0;
        foreach (var node in yaml.List(list, path))
        {
            var at = $"{path}[{index++}]";
            if (yaml.Map(node, at, TopKeys) is not { } map) continue;
            if (!map.TryGetValue("name", out var nameNode))
            {
                yaml.Problem(node, at, "needs a name");
                continue;
            }

            foreach (var name in yaml.Words(nameNode, at + ".name")) yield return (ReadEntry(map, name, at), node);
        }
    }

    private CommandEntry ReadEntry(YamlMap map, string name, string path)
    {
        var flags = Words(map, "flags", path);
        var single = Flag(map, "single-dash", path);
        var specs = new Dictionary<string, FlagSpec>(StringComparer.Ordinal);
        foreach (var flag in flags)
            if (flag != "-#") ReadFlag(flag, single, specs, map["flags"], path);
        return new CommandEntry
        {
            Name = name,
            Key = name,
            Risk = map.TryGetValue("risk", out var risk)
                ? yaml.Level(risk, path + ".risk", Risk.Read, Risk.Change, Risk.Dangerous, Risk.Forbidden) ?? Risk.Forbidden
                : Risk.Read,
            Why = map.TryGetValue("why", out var why) ? yaml.Text(why, path + ".why") : null,
            Flags = specs,
            TakesNumber = flags.Contains("-#"),
            SingleDash = single,
            OptionsFirst = Flag(map, "options-first", path),
            OldStyle = Flag(map, "old-style", path),
            Operands = ReadOperands(map, path),
            Recursive = Words(map, "recursive", path),
            Replaces = Words(map, "replaces", path),
            Requires = Words(map, "requires", path),
            Frees = Words(map, "frees", path),
            Least = map.TryGetValue("least", out var least) ? yaml.Number(least, path + ".least", 1, 9) ?? 0 : 0,
            Dangerous = Words(map, "dangerous", path),
            TakesAnything = Flag(map, "takes-anything", path),
            NeedsEmptyInput = Flag(map, "needs-empty-input", path),
            Judge = map.TryGetValue("judge", out var judge) ? ReadJudge(judge, path + ".judge") : null,
            Sub = map.TryGetValue("sub", out var sub) ? ReadSubs(sub, name, path + ".sub", Flag(map, "ignore-case", path)) : new Dictionary<string, CommandEntry>(),
            Bare = Flag(map, "bare", path),
            SharesFlags = Flag(map, "shares-flags", path),
            Examples = map.TryGetValue("examples", out var examples) ? ReadExamples(examples, path + ".examples") : [],
        };
    }

    private string? ReadJudge(YamlElement node, string path)
    {
        if (yaml.Text(node, path) is not { } name) return null;
        if (Judges.Contains(name)) return name;
        yaml.Problem(node, path, $"must be one of {string.Join(", ", Judges)}", Configuration.NearestName.Of(name, Judges));
        return null;
    }

    private Dictionary<string, CommandEntry> ReadSubs(YamlElement node, string parent, string path, bool ignoreCase)
    {
        var subs = new Dictionary<string, CommandEntry>(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var (keys, _, value) in yaml.Map(node, path)?.Entries ?? [])
        {
            var names = keys.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (names.Length == 0)
            {
                yaml.Problem(value, path, "a subcommand needs a name");
                continue;
            }

            var dotted = parent + "." + names[0];
            CommandEntry entry;
            if (value is YamlScalar)
            {
                var risk = yaml.Level(value, path + "." + keys, Risk.Read, Risk.Change, Risk.Dangerous, Risk.Forbidden) ?? Risk.Forbidden;
                entry = new CommandEntry { Name = dotted, Key = "", Risk = risk };
            }
            else
            {
                entry = ReadEntry(yaml.Map(value, path + "." + keys, EntryKeys) ?? new YamlMap(value.Line, []), dotted, path + "." + keys);
            }

            // what shares an entry of its own is the same thing under several names, or nearly; what shares a risk alone is not
            foreach (var name in names)
                if (!subs.TryAdd(name, entry with { Name = parent + "." + name, Key = value is YamlScalar ? parent + "." + name : dotted })) yaml.Problem(value, path + "." + name, "is written twice");
        }

        return subs;
    }

    private void ReadFlag(string text, bool single, Dictionary<string, FlagSpec> specs, YamlElement node, string path)
    {
        var optional = text.EndsWith(']') && text.Contains("[=", StringComparison.Ordinal);
        var plain = optional ? text[..^1].Replace("[=", "=", StringComparison.Ordinal) : text;
        var equals = plain.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? plain : plain[..equals];
        var values = new List<ValueSpec>();
        if (equals >= 0)
        {
            foreach (var kind in plain[(equals + 1)..].Split(','))
            {
                if (ValueSpec.Parse(kind) is { } value) values.Add(value);
                else
                {
                    yaml.Problem(node, path + ".flags", $"'{kind}' of {name} is no kind of value", Configuration.NearestName.Of(kind, ValueSpec.Names));
                    return;
                }
            }
        }

        if (name.Length < 2 || name[0] is not ('-' or '+'))
        {
            yaml.Problem(node, path + ".flags", $"'{text}' is no option: it must begin with a dash");
        }
        else if (single || name.StartsWith("--", StringComparison.Ordinal) || name.Length == 2)
        {
            specs[name] = new FlagSpec(name, values, optional);
        }
        else if (values.Count > 0)
        {
            yaml.Problem(node, path + ".flags", $"'{text}': several short options cannot share a value");
        }
        else
        {
            foreach (var letter in name.AsSpan(1)) specs["-" + letter] = new FlagSpec("-" + letter, [], false);
        }
    }

    private List<OperandSpec> ReadOperands(YamlMap map, string path)
    {
        var operands = new List<OperandSpec>();
        foreach (var word in Words(map, "operands", path))
        {
            var repeats = word.EndsWith('*');
            var optional = word.EndsWith('?');
            var kind = repeats || optional ? word[..^1] : word;
            if (ValueSpec.Parse(kind) is { } value) operands.Add(new OperandSpec(value, repeats, optional));
            else yaml.Problem(map["operands"], path + ".operands", $"'{kind}' is no kind of value", Configuration.NearestName.Of(kind, ValueSpec.Names));
        }

        return operands;
    }

    private List<(string Line, Risk? Risk)> ReadExamples(YamlElement node, string path)
    {
        var examples = new List<(string, Risk?)>();
        foreach (var (key, _, value) in yaml.Map(node, path, "read", "asks", "change", "dangerous", "forbidden")?.Entries ?? [])
        {
            Risk? risk = key == "asks" ? null : Enum.Parse<Risk>(key, true);
            foreach (var line in yaml.List(value, path + "." + key)) examples.Add((yaml.Text(line, path + "." + key) ?? "", risk));
        }

        return examples;
    }

    private IReadOnlyList<string> Words(YamlMap map, string key, string path) =>
        map.TryGetValue(key, out var node) ? yaml.Words(node, path + "." + key) : [];

    private bool Flag(YamlMap map, string key, string path) =>
        map.TryGetValue(key, out var node) && yaml.Flag(node, path + "." + key);
}
