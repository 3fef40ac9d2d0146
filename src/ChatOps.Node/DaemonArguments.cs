using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Node;

/// <summary>The daemon's command line. Read by hand: the daemon starts in a tenth of the time that a library for it would take.</summary>
public static class DaemonArguments
{
    /// <summary>Environment variable with the join token, for where others can see command lines.</summary>
    public const string TokenVariable = "CHATOPS_JOIN_TOKEN";

    /// <summary>Environment variable with the state directory.</summary>
    public const string DataVariable = "CHATOPS_NODE_DATA";

    private const long MaxTokenFile = 4096;

    /// <summary>What it takes.</summary>
    public static IReadOnlyList<(string Name, string Value, string Description)> Options { get; } =
    [
        ("--relay", "URL", "The gateway's relay: wss://host[/relay], or ws:// on this machine. May be given more than once where several gateways share a store: they are tried in turn."),
        ("--join", "TOKEN", $"The token of 'node token create' (also {TokenVariable}); ignored once it has joined."),
        ("--join-file", "FILE", "A file that holds the token, where it must not stand on a command line; a missing one is no token."),
        ("--name", "NAME", "The node's name; the machine's when left out."),
        ("--label", "K=V", "A label that it would like; may be given more than once. Those of the token win."),
        ("--data", "DIR", $"Directory of its key and state (default ~/.chatops-node; also {DataVariable})."),
        ("--pin", "SHA256", "Trust the relay's certificate with this public key, whoever signed it: 64 hexadecimal digits."),
        ("--policy", "FILE", "What the gateway may ask for (default node-policy.yaml in the state directory)."),
    ];

    /// <summary>Help.</summary>
    public static string Help { get; } =
        "Run the daemon of a node: connect to a gateway's relay, and run what it signs." + Environment.NewLine + Environment.NewLine +
        string.Join(Environment.NewLine, Options.Select(o => $"  {o.Name + " " + o.Value,-16} {o.Description}"));

    /// <summary>Reads a command line.</summary>
    /// <param name="args">Without the program's name.</param>
    /// <param name="version">The daemon's version.</param>
    /// <param name="options">What it says.</param>
    /// <param name="problem">What is wrong with it, for people.</param>
    public static bool TryRead(IReadOnlyList<string> args, string version, [NotNullWhen(true)] out DaemonOptions? options, [NotNullWhen(false)] out string? problem)
    {
        options = null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var relays = new List<string>();
        for (var index = 0; index < args.Count; index++)
        {
            var (name, value) = args[index].Split('=', 2) is [var n, var v] && n.StartsWith("--", StringComparison.Ordinal) ? (n, v) : (args[index], null);
            if (!Options.Any(o => o.Name == name)) return Wrong($"'{args[index]}' is not understood; there are: {string.Join(", ", Options.Select(o => o.Name))}.", out problem);
            value ??= ++index < args.Count ? args[index] : null;
            if (string.IsNullOrEmpty(value)) return Wrong($"{name} needs a value.", out problem);
            if (name == "--relay")
            {
                relays.Add(value);
            }
            else if (name != "--label")
            {
                if (!values.TryAdd(name, value)) return Wrong($"{name} is given twice.", out problem);
            }
            else if (value.Split('=', 2) is [{ Length: > 0 } key, { Length: > 0 } label])
            {
                labels[key] = label;
            }
            else
            {
                return Wrong($"--label {value} must be KEY=VALUE.", out problem);
            }
        }

        if (WhyNot(relays) is { } wrong) return Wrong(wrong, out problem);
        Uri[] addresses = [.. relays.Select(r => new Uri(r))];
        options = new DaemonOptions
        {
            Relay = addresses[0],
            MoreRelays = addresses[1..],
            JoinToken = values.GetValueOrDefault("--join") ?? Variable(TokenVariable) ?? (values.GetValueOrDefault("--join-file") is { } file ? FromFile(file) : null),
            Name = values.GetValueOrDefault("--name"),
            Labels = labels,
            StateDirectory = Path.GetFullPath(values.GetValueOrDefault("--data") ?? Variable(DataVariable) ?? DefaultDirectory()),
            Pin = values.GetValueOrDefault("--pin"),
            PolicyFile = values.GetValueOrDefault("--policy"),
            Version = version,
            HasProcess = true,
        };
        problem = null;
        return true;
    }

    private static string? WhyNot(List<string> relays) =>
        relays.Count == 0 ? "--relay is missing: the address of the gateway's relay."
        : relays.Count > DaemonOptions.MaxRelays ? $"--relay is given {relays.Count} times; at most {DaemonOptions.MaxRelays} addresses are tried."
        : relays.Find(r => !Uri.TryCreate(r, UriKind.Absolute, out _)) is { } wrong ? $"--relay {wrong} is no address; it looks like wss://chatops.example.com/relay."
        : relays.Find(r => relays.IndexOf(r) != relays.LastIndexOf(r)) is { } twice ? $"--relay {twice} is given twice."
        : null;

    private static string? FromFile(string path)
    {
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= MaxTokenFile && File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Once it has joined nobody needs it; before that, what is missing is said.
            return null;
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string DefaultDirectory() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".chatops-node");

    private static bool Wrong(string text, out string problem)
    {
        problem = text;
        return false;
    }
}
