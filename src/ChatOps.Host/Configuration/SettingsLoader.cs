using System.Globalization;
using System.Text.Json;
using ChatOps.Configuration;
using ChatOps.Mcp;

namespace ChatOps.Host;

/// <summary>Lays the sources over each other and binds them strictly: every problem of every source is found before anything starts.</summary>
/// <param name="resolve">Turns <c>${env:NAME}</c> or <c>${file:PATH}</c> in a value into what it stands for, or says why it cannot.</param>
internal sealed class SettingsLoader(Func<string, (string? Value, string? Problem)> resolve)
{
    private readonly ChatOpsOptions options = new();
    private readonly List<ConfigurationProblem> problems = [];
    private readonly Dictionary<string, (string Written, string Source)> written = new(StringComparer.Ordinal);

    /// <summary>Loads the settings of a command line: appsettings.json, what set-up wrote into the data directory, the given file, the environment.</summary>
    /// <param name="places">Where appsettings.json is.</param>
    /// <param name="file">Laid over the files; null for none.</param>
    /// <param name="data">The data directory as given on the command line; null when it was not.</param>
    /// <returns>The settings, and the data directory that they were found for.</returns>
    /// <exception cref="ConfigurationProblemsException">All that is wrong.</exception>
    public static (LoadedSettings Settings, string Data) LoadAll(GatewayPlaces places, string? file, string? data)
    {
        var (files, environment, directory) = Sources(places, file, data);
        return (new SettingsLoader(SettingReferences.Resolve).Load(files, environment), directory);
    }

    /// <summary>Where the settings of a command line are written: the files in order, then the environment; and the data directory.</summary>
    public static (IReadOnlyList<string> Files, IReadOnlyList<SettingValue> Environment, string Data) Sources(GatewayPlaces places, string? file, string? data)
    {
        string?[] written = [places.SettingsFile, file is null ? null : Path.GetFullPath(file)];
        var environment = SettingsEnvironment.Read(Environment.GetEnvironmentVariables());
        var directory = GatewayPlaces.DataDirectory(data, OwnSettings.DataDirectory([.. written.OfType<string>()], environment));
        string?[] files = [written[0], OwnSettings.Find(directory), written[1]];
        return ([.. files.OfType<string>()], environment, directory);
    }

    /// <summary>Loads settings.</summary>
    /// <param name="files">Files in order; later ones win.</param>
    /// <param name="environment">Values from the environment; they win over files.</param>
    /// <exception cref="ConfigurationProblemsException">All that is wrong.</exception>
    public LoadedSettings Load(IReadOnlyList<string> files, IReadOnlyList<SettingValue> environment)
    {
        foreach (var file in files) Bind(SettingsFile.Read(file, problems));
        Bind(environment);
        CheckTogether();
        if (problems.Count > 0) throw new ConfigurationProblemsException(problems);
        return new(options, [.. KnownSettings.All.SelectMany(Effective)]);
    }

    // Settings of a list's entries are there for each entry.
    private IEnumerable<EffectiveSetting> Effective(Setting setting) => ListKey.IsPattern(setting.Key)
        ? Enumerable.Range(0, setting.Key.StartsWith(McpSettings.List, StringComparison.Ordinal) ? options.Mcp.Servers.Count : options.Models.Endpoints.Count).Select(i => EffectiveOf(setting with { Key = ListKey.At(setting.Key, i.ToString(CultureInfo.InvariantCulture)) }))
        : [EffectiveOf(setting)];

    private EffectiveSetting EffectiveOf(Setting setting)
    {
        if (setting.Kind == SettingKind.Map)
        {
            var sources = written.Where(w => w.Key.StartsWith(setting.Key + ":", StringComparison.Ordinal)).Select(w => w.Value.Source).Distinct();
            return new(setting, setting.Read(options), string.Join(", ", sources) is { Length: > 0 } all ? all : "default");
        }

        return written.TryGetValue(setting.Key, out var w) ? new(setting, w.Written, w.Source) : new(setting, setting.Read(options), "default");
    }

    private void Bind(IReadOnlyList<SettingValue> values)
    {
        string? skipBelow = null;
        foreach (var value in values)
        {
            if (skipBelow is not null && value.Key.StartsWith(skipBelow, StringComparison.Ordinal)) continue;
            skipBelow = null;
            if (!Bind(value)) skipBelow = value.Key + ":";
        }
    }

    // False: nothing below this key is looked at, because the key itself is the problem.
    private bool Bind(SettingValue value)
    {
        if (value.Key is ModelSettings.List or McpSettings.List) return BeginList(value);
        if (KnownSettings.Find(value.Key) is { } setting) return Apply(setting, ListKey.Of(value.Key).Index, value);
        if (MapOf(value.Key) is { } map) return Apply(map, value.Key[(map.Key.Length + 1)..], value);
        if (IsSection(value.Key))
        {
            if (value.Form == JsonValueKind.Object) return (ModelSettings.Begin(options, value.Key) ?? McpSettings.Begin(options, value.Key)) is not { } tooMany || Refuse(value, tooMany);
            Report(value, "is a section: { … }.");
            return false;
        }

        Report(value, "is not a known key.", NearestKey(value.Key));
        return false;
    }

    // A file's list takes the place of the one before; the environment speaks of single entries alone.
    private bool BeginList(SettingValue value)
    {
        if (value.Form != JsonValueKind.Array || value.Text.Length > 0)
        {
            Report(value, "is a list of sections: [ { … } ]" + (value.Form == JsonValueKind.Undefined ? $"; in the environment set {SettingsEnvironment.Prefix}{value.Key}__0__Name and so on." : "."));
            return false;
        }

        if (value.Key == McpSettings.List) options.Mcp.Servers.Clear();
        else options.Models.Endpoints.Clear();
        foreach (var key in written.Keys.Where(k => k.StartsWith(value.Key + ":", StringComparison.Ordinal)).ToList()) written.Remove(key);
        return true;
    }

    private bool Refuse(SettingValue value, string reason)
    {
        Report(value, reason);
        return false;
    }

    private bool Apply(Setting setting, string name, SettingValue value)
    {
        var expected = setting.Kind switch
        {
            SettingKind.Map when name.Length == 0 => JsonValueKind.Object,
            SettingKind.List => JsonValueKind.Array,
            SettingKind.Flag => JsonValueKind.True,
            SettingKind.Number or SettingKind.Decimal => JsonValueKind.Number,
            _ => JsonValueKind.String,
        };
        if (value.Form != expected && (value.Form != JsonValueKind.Undefined || expected == JsonValueKind.Object))
        {
            Report(value, $"must be {Words(expected)}, not {Words(value.Form)}.");
            return false;
        }

        if (expected == JsonValueKind.Object) return true;
        var isReference = value.Text.Contains("${", StringComparison.Ordinal);
        var (text, problem) = isReference ? resolve(value.Text) : (value.Text, null);
        if (setting.Kind == SettingKind.Secret) text = value.Text;
        problem ??= setting.Apply(options, name, text!);
        if (problem is not null) Report(value, problem, NearestWord(setting, text));
        var source = value.Line > 0 ? $"{value.Source}:{value.Line}" : value.Source;
        written[value.Key] = (setting.Kind == SettingKind.Secret && !isReference ? SettingForms.SecretShown : value.Text, source);
        return true;
    }

    // What only makes sense, or only is safe, together.
    private void CheckTogether()
    {
        problems.AddRange(ChannelProblems.Of(options).Where(p => !problems.Exists(q => q.Key == p.Key))
            .Select(p => p with { File = PlaceOf(p.Key) ?? PlaceOf(Section(p.Key) + ":Enabled") ?? p.File }));
        foreach (var problem in options.Models.Problems().Where(p => !problems.Exists(q => q.Key == p.Key))) problems.Add(problem with { File = PlaceNear(problem.Key) ?? problem.File });
        foreach (var problem in OutsideServerProblems.Of(options.Mcp).Where(p => !problems.Exists(q => q.Key == p.Key))) problems.Add(problem with { File = PlaceNear(problem.Key) ?? problem.File });
        if (options.Store.Problem is { } store && !problems.Exists(q => q.Key.StartsWith("Store:", StringComparison.Ordinal)))
            problems.Add(new ConfigurationProblem(PlaceOf("Store:ConnectionString") ?? PlaceOf("Store:Provider") ?? "settings", 0, "Store:ConnectionString", store));
        if (problems.Count > 0) return;
        if (GatewayRoles.Problem(options) is { } roles) problems.Add(new ConfigurationProblem(PlaceOf("Gateway:Roles") ?? "settings", 0, "Gateway:Roles", roles));
        problems.AddRange(ProblemsOf(options.Gateway, written.GetValueOrDefault("Gateway:Urls", ("", "--urls")).Item2));

        foreach (var problem in options.Search.Problems()) problems.Add(problem with { File = PlaceOf(problem.Key) ?? PlaceOf("Search:Provider") ?? problem.File });
        foreach (var problem in options.Speech.Problems()) problems.Add(problem with { File = PlaceOf(problem.Key) ?? PlaceOf("Speech:Provider") ?? problem.File });
    }

    // Channels:Slack:BotToken and Channels:Slack are both of Channels:Slack.
    private static string Section(string key) => string.Join(':', key.Split(':').Take(2));

    // What is missing has no place of its own; its neighbours in the same section have.
    private string? PlaceNear(string key) =>
        PlaceOf(key) ?? (key.Contains(':', StringComparison.Ordinal) && key[..(key.LastIndexOf(':') + 1)] is var section
            ? written.Where(w => w.Key.StartsWith(section, StringComparison.Ordinal)).Select(w => w.Value.Source).FirstOrDefault() : null);

    private string? PlaceOf(string key) => written.TryGetValue(key, out var place) ? place.Source : null;

    /// <summary>What is wrong with the addresses together with the proxy and the certificate: others could reach one without encryption, or it cannot encrypt.</summary>
    /// <param name="gateway">The settings.</param>
    /// <param name="source">Where the addresses were given.</param>
    public static IEnumerable<ConfigurationProblem> ProblemsOf(GatewayOptions gateway, string source)
    {
        foreach (var address in ListenAddress.Parse(gateway.Urls))
        {
            if (address.IsOpen && gateway.TrustedProxy is null)
                yield return new(source, 0, "Gateway:Urls",
                    $"{address} can be reached from other machines, and what people type and sign in with would travel unencrypted. Listen on 127.0.0.1 and use an SSH tunnel; " +
                    "or listen on https:// with Gateway:Tls:Certificate and Gateway:Tls:Key; or put a proxy that encrypts in front and name it in Gateway:TrustedProxy.");
            if (!address.Encrypted) continue;
            if (gateway.Tls.Certificate is null || gateway.Tls.Key is null)
                yield return new(source, 0, gateway.Tls.Certificate is null ? "Gateway:Tls:Certificate" : "Gateway:Tls:Key", $"is missing: {address} needs a certificate and its key, as two PEM files.");
            if (address.IsWildcard && gateway.PublicUrl is null)
                yield return new(source, 0, "Gateway:PublicUrl", $"is missing: {address} stands for all addresses of this machine; say under which name people and nodes come.");
        }
    }

    private void Report(SettingValue value, string reason, string? nearest = null) =>
        problems.Add(new(value.Source, value.Line, value.Key, reason, nearest));

    private static Setting? MapOf(string key) =>
        KnownSettings.All.FirstOrDefault(s => s.Kind == SettingKind.Map && key.StartsWith(s.Key + ":", StringComparison.Ordinal));

    private static bool IsSection(string key) =>
        KnownSettings.All.Any(s => s.Key.StartsWith(ListKey.Of(key).Pattern + ":", StringComparison.Ordinal));

    // First the neighbours of the same section; then the same last name anywhere, for a key in the wrong section.
    private static string? NearestKey(string key)
    {
        var parent = key.LastIndexOf(':') is var i and >= 0 ? key[..(i + 1)] : "";
        var known = parent.Length == 0 ? "" : ListKey.Of(parent.TrimEnd(':')).Pattern + ":";
        var neighbours = KnownSettings.All.Select(s => s.Key)
            .Where(k => k.StartsWith(known, StringComparison.Ordinal))
            .Select(k => k[known.Length..].Split(':')[0]).Distinct();
        var last = key[parent.Length..];
        return NearestName.Of(last, neighbours) is { } near ? parent + near
            : KnownSettings.All.FirstOrDefault(s => s.Key.EndsWith(":" + last, StringComparison.OrdinalIgnoreCase))?.Key;
    }

    private static string? NearestWord(Setting setting, string? text) =>
        text is not null && setting.Choices.Count > 0 && !setting.LaterChoices.Contains(text) ? NearestName.Of(text, setting.Choices) : null;

    private static string Words(JsonValueKind form) => form switch
    {
        JsonValueKind.Object => "a section { … }",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text in quotes",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true or false",
        JsonValueKind.Null => "null",
        _ => "text",
    };
}
