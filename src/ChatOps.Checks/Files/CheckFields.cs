using System.Globalization;
using System.Text.RegularExpressions;
using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Tools;
using ChatOps.Yaml;

namespace ChatOps.Checks.Files;

/// <summary>Takes typed values out of one check; what does not fit becomes a problem with its line.</summary>
internal sealed partial class CheckFields(YamlReader yaml, YamlMap map, string path)
{
    private static readonly Dictionary<string, DayOfWeek> DayNames = Enum.GetValues<DayOfWeek>().ToDictionary(d => d.ToString()[..3].ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Its kind; null when there is none.</summary>
    public KindFormat? Kind()
    {
        var words = KindFormat.All.Select(k => k.Word).ToList();
        if (!map.ContainsKey("kind"))
        {
            yaml.Problem(map, $"{path}.kind", $"'kind' is missing; there are {string.Join(", ", words)}.");
            return null;
        }

        if (Text("kind") is not { } word) return null;
        var format = KindFormat.All.FirstOrDefault(k => k.Word == word);
        if (format is null) yaml.Problem(map["kind"], $"{path}.kind", $"there is no kind '{word}'; there are {string.Join(", ", words)}.", NearestName.Of(word, words));
        return format;
    }

    /// <summary>Names keys that the kind does not take, and those that it needs.</summary>
    public void OnlyKnown(KindFormat format)
    {
        foreach (var (name, line, _) in map.Entries.Where(e => !format.AllKeys.Contains(e.Key)))
            yaml.Problem(line, $"{path}.{name}", $"unknown key '{name}' for the kind {format.Word}; known here: {string.Join(", ", format.AllKeys)}.", NearestName.Of(name, format.AllKeys));
        foreach (var needed in format.Keys.Where(k => k.Needed && !map.ContainsKey(k.Name)))
            yaml.Problem(map, $"{path}.{needed.Name}", $"'{needed.Name}' is missing: {needed.Description}");
        if (format.OneOf.Count > 0 && format.OneOf.Count(map.ContainsKey) != 1)
            yaml.Problem(map, path, $"exactly one of {string.Join(" or ", format.OneOf)} is needed.");
    }

    /// <summary>Its name.</summary>
    public string? Name()
    {
        if (!map.ContainsKey("name"))
        {
            yaml.Problem(map, $"{path}.name", "'name' is missing: every check has a name of its own.");
            return null;
        }

        if (Text("name") is not { } name) return null;
        if (NamePattern().IsMatch(name) && name is not ("all" or "node")) return name;
        yaml.Problem(map["name"], $"{path}.name", "a name has 1 to 64 lower case letters, digits, '-', '_' or '.', begins with a letter or digit, and is not 'all' or 'node'.");
        return null;
    }

    /// <summary>The nodes.</summary>
    public Selector? Selector()
    {
        if (!map.ContainsKey("on") || Text("on") is not { } text) return null;
        if (Fleet.Selector.TryParse(text, out var selector, out var error)) return selector;
        yaml.Problem(map["on"], $"{path}.on", error);
        return null;
    }

    /// <summary>A text, or nothing.</summary>
    public string? Text(string key)
    {
        if (!map.TryGetValue(key, out var value) || yaml.Text(value, $"{path}.{key}") is not { } text) return null;
        if (text.Length <= CheckBounds.MaxText) return text;
        Problem(key, $"this has more than {CheckBounds.MaxText} characters.");
        return null;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool standard)
    {
        if (Text(key) is not { } text) return standard;
        if (text is "true" or "false") return text == "true";
        Problem(key, "this must be true or false.");
        return standard;
    }

    /// <summary>A duration.</summary>
    public TimeSpan Duration(string key, TimeSpan standard, (TimeSpan Min, TimeSpan Max) range)
    {
        if (Text(key) is not { } text) return standard;
        if (ArgumentText.TryDuration(text, out var duration) && duration >= range.Min && duration <= range.Max) return duration;
        Problem(key, $"this must be a duration such as 30s, 5m or 1h, from {ArgumentText.Written(range.Min)} to {ArgumentText.Written(range.Max)}.");
        return standard;
    }

    /// <summary>A whole number.</summary>
    public int Number(string key, int standard, (int Min, int Max) range)
    {
        if (Text(key) is not { } text) return standard;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= range.Min && number <= range.Max) return number;
        Problem(key, $"this must be a whole number from {range.Min} to {range.Max}.");
        return standard;
    }

    /// <summary>The thresholds.</summary>
    public Thresholds Thresholds(Thresholds standard)
    {
        var (warn, critical) = (Value("warn"), Value("critical"));
        var written = map.ContainsKey("warn") || map.ContainsKey("critical");
        var below = Flag("below", standard.Below);
        if (warn is { } w && critical is { } c && (below ? c > w : c < w)) Problem("critical", below ? "the critical threshold must be below the one that warns." : "the critical threshold must be above the one that warns.");
        var slack = Value("hysteresis") ?? standard.Hysteresis;
        if (slack < 0) Problem("hysteresis", "this must not be negative.");
        return new Thresholds(written ? warn : standard.Warn, written ? critical : standard.Critical, below, slack);
    }

    /// <summary>How bad a plain failure is.</summary>
    public CheckLevel Severity()
    {
        if (Text("severity") is not { } text) return CheckLevel.Critical;
        if (text == "warning") return CheckLevel.Warning;
        if (text != "critical") Problem("severity", "this must be warning or critical.");
        return CheckLevel.Critical;
    }

    /// <summary>A list of names.</summary>
    public IReadOnlyList<string> Names(string key)
    {
        if (!map.TryGetValue(key, out var entry)) return [];
        var names = new List<string>();
        foreach (var node in yaml.OneOrMore(entry, $"{path}.{key}").Take(CheckBounds.MaxList))
        {
            if (yaml.Text(node, $"{path}.{key}") is not { } name) continue;
            if (NamePattern().IsMatch(name)) names.Add(name);
            else yaml.Problem(node, $"{path}.{key}", "a name has 1 to 64 lower case letters, digits, '-', '_' or '.'.");
        }

        return names;
    }

    /// <summary>Where its findings are told.</summary>
    public string? To()
    {
        if (Text("to") is not { } to) return null;
        if (Findings.Places.WhyNot(to) is not { } why) return to;
        Problem("to", why);
        return null;
    }

    /// <summary>The maintenance windows.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance()
    {
        if (!map.TryGetValue("maintenance", out var entry)) return [];
        var windows = new List<MaintenanceWindow>();
        foreach (var (i, node) in yaml.OneOrMore(entry, $"{path}.maintenance").Take(CheckBounds.MaxList).Index())
        {
            if (Window(node, $"{path}.maintenance[{i}]") is { } window) windows.Add(window);
        }

        return windows;
    }

    /// <summary>What the kind needs.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Settings(KindFormat format)
    {
        var settings = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var key in format.Keys.Where(k => map.ContainsKey(k.Name)))
        {
            var at = map[key.Name];
            var values = key.Form == KeyForm.List
                ? [.. yaml.OneOrMore(at, $"{path}.{key.Name}").Take(CheckBounds.MaxList).Select(n => yaml.Text(n, $"{path}.{key.Name}")).OfType<string>()]
                : Text(key.Name) is { } text ? new List<string> { text } : [];
            foreach (var value in values)
            {
                if (KeyValue.WhyNot(key, value) is { } why) Problem(key.Name, why);
            }

            settings[key.Name] = values;
        }

        return settings;
    }

    private MaintenanceWindow? Window(YamlElement node, string at)
    {
        var before = yaml.Problems.Count;
        if (yaml.Map(node, at, "days", "from", "to", "zone") is not { } fields) return null;
        var (from, to) = (Time("from"), Time("to"));
        var days = fields.TryGetValue("days", out var list) ? Days(list, $"{at}.days") : [];
        var zone = TimeZoneInfo.Utc;
        if (fields.TryGetValue("zone", out var named) && yaml.Text(named, $"{at}.zone") is { } id && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone))
            yaml.Problem(named, $"{at}.zone", $"there is no time zone '{id}'; write one such as Europe/Berlin.");
        return yaml.Problems.Count == before ? new MaintenanceWindow(days, from, to, zone!) : null;

        TimeOnly Time(string key)
        {
            if (fields.TryGetValue(key, out var value) && yaml.Text(value, $"{at}.{key}") is { } text && TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
            yaml.Problem(fields.TryGetValue(key, out value) ? value : node, $"{at}.{key}", "this must be a time such as \"02:30\", in quotes.");
            return default;
        }
    }

    private List<DayOfWeek> Days(YamlElement node, string at)
    {
        var days = new List<DayOfWeek>();
        foreach (var each in yaml.OneOrMore(node, at))
        {
            var text = yaml.Text(each, at)?.ToLowerInvariant() ?? "";
            var ends = text.Split('-');
            if (ends.Length <= 2 && ends.All(DayNames.ContainsKey))
            {
                var last = DayNames[ends[^1]];
                for (var day = DayNames[ends[0]]; ; day = (DayOfWeek)(((int)day + 1) % DayNames.Count))
                {
                    days.Add(day);
                    if (day == last) break;
                }
            }
            else yaml.Problem(each, at, "days are mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri.");
        }

        return days;
    }

    private double? Value(string key)
    {
        if (Text(key) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return value;
        Problem(key, "this must be a number.");
        return null;
    }

    private void Problem(string key, string reason) => yaml.Problem(map.TryGetValue(key, out var at) ? at : map, $"{path}.{key}", reason);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
