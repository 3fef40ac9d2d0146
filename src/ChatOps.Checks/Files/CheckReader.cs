using ChatOps.Configuration;
using ChatOps.Policy;
using ChatOps.Yaml;

namespace ChatOps.Checks.Files;

/// <summary>Reads a file of checks. What is wrong with one check leaves that one out and is named; the others hold.</summary>
internal sealed class CheckReader(ICommandRisk commands)
{
    private const int MaxChecks = 5000;
    private const string Root = "checks";

    /// <summary>Reads it.</summary>
    public (IReadOnlyList<CheckDefinition> Checks, IReadOnlyList<ConfigurationProblem> Problems) Read(string file, string text)
    {
        var yaml = new YamlReader(file);
        var checks = new List<CheckDefinition>();
        if (yaml.Load(text, Root)?.TryGetValue(Root, out var list) is true)
        {
            var items = yaml.OneOrMore(list, Root);
            if (items.Count > MaxChecks) yaml.Problem(list, Root, $"a file holds at most {MaxChecks} checks.");
            foreach (var (i, item) in items.Take(MaxChecks).Index())
            {
                if (One(yaml, item, $"{Root}[{i}]", file) is { } check) checks.Add(check);
            }
        }

        return (checks, yaml.Problems);
    }

    private CheckDefinition? One(YamlReader yaml, YamlElement item, string path, string file)
    {
        var before = yaml.Problems.Count;
        if (yaml.Map(item, path) is not { } map) return null;
        var fields = new CheckFields(yaml, map, path);
        var format = fields.Kind();
        if (format is null) return null;
        fields.OnlyKnown(format);
        var name = fields.Name();
        var on = fields.Selector();
        var settings = fields.Settings(format);
        var looksFromGateway = format.Where == KindPlace.Gateway || (format.Where == KindPlace.Either && !settings.ContainsKey("path"));
        if (!looksFromGateway && on is null && !map.ContainsKey("on")) yaml.Problem(item, $"{path}.on", $"'on' is missing: on which nodes to look (a name, labels such as env=prod, or all).");
        if (format.Kind == CheckKind.Command && settings.TryGetValue("run", out var line)) OnlyReads(yaml, map["run"], path, line[0]);
        // Services count how often they are asked after a key.
        var isCredential = format.Kind == CheckKind.Credential;
        var interval = fields.Duration("interval", isCredential ? CheckBounds.CredentialInterval : TimeSpan.FromMinutes(1), isCredential ? (CheckBounds.ShortestCredentialInterval, CheckBounds.Interval.Max) : CheckBounds.Interval);
        var check = new CheckDefinition
        {
            Name = name ?? "",
            Kind = format.Kind,
            KindWord = format.Word,
            Description = fields.Text("description") ?? "",
            Enabled = fields.Flag("enabled", true),
            On = on,
            Interval = interval,
            Timeout = fields.Duration("timeout", isCredential ? CheckBounds.CredentialTimeout : TimeSpan.FromSeconds(10), CheckBounds.Timeout),
            Thresholds = fields.Thresholds(format.Standard),
            Severity = fields.Severity(),
            Retries = fields.Number("retries", 2, CheckBounds.Looks),
            RetryDelay = fields.Duration("retry_delay", isCredential ? CheckBounds.Timeout.Max : interval < CheckBounds.RetryDelay ? interval : CheckBounds.RetryDelay, CheckBounds.Timeout),
            Recover = Math.Max(1, fields.Number("recover", 2, CheckBounds.Looks)),
            Maintenance = fields.Maintenance(),
            DependsOn = fields.Names("depends_on"),
            Sets = fields.Names("sets"),
            To = fields.To(),
            Settings = settings,
            File = file,
            Line = item.Line,
            Unit = format.Kind == CheckKind.Load ? "per CPU" : format.Unit,
        };
        return yaml.Problems.Count == before ? check : null;
    }

    // The gate judges each look again; a check that could never run is better named here, with its line.
    private void OnlyReads(YamlReader yaml, YamlElement at, string path, string line)
    {
        var judged = commands.Assess(line);
        if (judged.Risk != Risk.Read) yaml.Problem(at, $"{path}.run", $"a check only reads, and this does more ({judged.Rule}): {judged.Reason}");
    }
}
