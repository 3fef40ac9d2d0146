using System.CommandLine;

namespace ChatOps.Cli;

/// <summary>Options that every command takes.</summary>
internal sealed class GlobalOptions
{
    /// <summary><c>--data</c>.</summary>
    public Option<string?> Data { get; } = Text("--data", "DIR", "Directory of the gateway's state (default ~/.chatops; also CHATOPS_DATA).");

    /// <summary><c>--workspace</c>.</summary>
    public Option<string?> Workspace { get; } = Text("--workspace", "DIR", "Directory of access.yaml and policy.yaml (default: workspace beside appsettings.json).");

    /// <summary><c>--config</c>.</summary>
    public Option<string?> Config { get; } = Text("--config", "FILE", "Settings laid over appsettings.json.");

    /// <summary><c>--gateway</c>.</summary>
    public Option<string?> Gateway { get; } = Text("--gateway", "URL", "Talk to that gateway, with the token in CHATOPS_TOKEN, or in the file that CHATOPS_TOKEN_FILE names.");

    /// <summary><c>--json</c>.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print one machine-readable result, and nothing else, on standard output.", Recursive = true };

    /// <summary><c>--verbose</c>.</summary>
    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Log more, on standard error.", Recursive = true };

    /// <summary>Adds them to the root.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in new Option[] { Data, Workspace, Config, Gateway, Json, Verbose }) root.Add(option);
    }

    /// <summary>Reads them.</summary>
    public GlobalValues Read(ParseResult result) => new(
        result.GetValue(Data), result.GetValue(Workspace), result.GetValue(Config), result.GetValue(Gateway), result.GetValue(Json), result.GetValue(Verbose));

    private static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description, Recursive = true };
}
