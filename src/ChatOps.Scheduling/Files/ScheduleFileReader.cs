using System.Globalization;
using ChatOps.Configuration;
using ChatOps.Scheduling.Book;
using ChatOps.Tools;
using ChatOps.Yaml;

namespace ChatOps.Scheduling.Files;

/// <summary>Reads a file of workspace/schedules. A bad entry is a problem with its line, and the others count all the same.</summary>
internal static class ScheduleFileReader
{
    /// <summary>The keys of an entry, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<string> Keys =
        ["name", "cron", "every", "at", "zone", "owner", "to", "run", "prompt", "checks", "report", "hours", "overlap", "catchUp", "jitter", "timeout", "retries", "retryDelay"];

    private static readonly Dictionary<string, ScheduleKind> Kinds = new(StringComparer.Ordinal)
    {
        ["run"] = ScheduleKind.Command,
        ["prompt"] = ScheduleKind.Prompt,
        ["checks"] = ScheduleKind.Checks,
        ["report"] = ScheduleKind.Report,
    };

    /// <summary>Reads it.</summary>
    /// <param name="file">The file's name, for problems.</param>
    /// <param name="text">Its text.</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <returns>The good entries; null when the file as a whole cannot be read.</returns>
    public static IReadOnlyList<WrittenSchedule>? Read(string file, string text, out IReadOnlyList<ConfigurationProblem> problems)
    {
        var yaml = new YamlReader(file);
        problems = yaml.Problems;
        if (yaml.Load(text, "schedules") is not { } root) return null;
        if (!root.TryGetValue("schedules", out var list)) return [];
        var written = new List<WrittenSchedule>();
        foreach (var (node, i) in yaml.List(list, "schedules").Select((n, i) => (n, i)))
        {
            var before = yaml.Problems.Count;
            var request = Entry(yaml, node, $"schedules[{i}]");
            if (request is null || yaml.Problems.Count > before) continue;
            if (written.Any(w => w.Request.Name == request.Name)) yaml.Problem(node, $"schedules[{i}].name", $"'{request.Name}' is written twice");
            else written.Add(new WrittenSchedule(file, node.Line, request));
        }

        return written;
    }

    private static ScheduleRequest? Entry(YamlReader yaml, YamlElement node, string path)
    {
        if (yaml.Map(node, path, Keys) is not { } map) return null;
        string? Text(string key) => map.TryGetValue(key, out var at) ? yaml.Text(at, $"{path}.{key}") : null;
        TimeSpan? Duration(string key) => Text(key) is not { } text ? null : ArgumentText.TryDuration(text, out var d) ? d : Wrong<TimeSpan>(key, "must be a duration such as 90s, 15m or 24h");
        T? Wrong<T>(string key, string reason) where T : struct
        {
            yaml.Problem(map[key], $"{path}.{key}", reason);
            return null;
        }

        T Word<T>(string key) where T : struct, Enum
        {
            if (Text(key) is not { } text) return default;
            var names = Enum.GetNames<T>().Select(n => n.ToLowerInvariant()).ToList();
            return names.IndexOf(text) is >= 0 and var index ? Enum.GetValues<T>()[index] : Wrong<T>(key, $"must be one of {string.Join(", ", names)}") ?? default;
        }

        if (Text("name") is not { } name)
        {
            if (!map.ContainsKey("name")) yaml.Problem(node, path, "needs a name");
            return null;
        }

        if (ScheduleNames.Problem(name) is { } badName) yaml.Problem(map["name"], $"{path}.name", badName);
        if (Text("owner") is not { } owner)
        {
            if (!map.ContainsKey("owner")) yaml.Problem(node, path, "needs an owner: the person of access.yaml as whom it runs");
            return null;
        }

        if (Text("at") is { } at && !at.Contains('-', StringComparison.Ordinal)) yaml.Problem(map["at"], $"{path}.at", "must name its day: 2026-12-01 09:00");
        var kinds = Kinds.Keys.Where(map.ContainsKey).ToList();
        if (kinds is not [var kind])
        {
            yaml.Problem(node, path, $"needs one of {string.Join(", ", Kinds.Keys)}");
            return null;
        }

        if (Text(kind) is not { } work) return null;
        var retries = Text("retries") is not { } count ? 0 : int.TryParse(count, CultureInfo.InvariantCulture, out var number) ? number : Wrong<int>("retries", "must be a whole number") ?? 0;
        return new ScheduleRequest(owner, work)
        {
            Name = name,
            Kind = Kinds[kind],
            Cron = Text("cron"),
            Every = Duration("every"),
            At = Text("at"),
            Zone = Text("zone"),
            To = Text("to"),
            ActiveHours = Text("hours"),
            Overlap = Word<OverlapPolicy>("overlap"),
            CatchUp = Word<CatchUpPolicy>("catchUp"),
            Jitter = Duration("jitter") ?? TimeSpan.Zero,
            Timeout = Duration("timeout"),
            Retries = retries,
            RetryDelay = Duration("retryDelay"),
        };
    }
}
