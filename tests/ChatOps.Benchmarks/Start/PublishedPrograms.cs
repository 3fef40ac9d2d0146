namespace ChatOps.Benchmarks.Start;

/// <summary>The programs as a user would publish them: for this platform, framework-dependent, compiled ahead. Published once a run.</summary>
internal static class PublishedPrograms
{
    private static readonly Lazy<Task<string>> Gateway = new(PublishGatewayAsync);
    private static readonly Lazy<Task<string>> Hello = new(PublishHelloAsync);
    private static readonly Lazy<Task<string>> Daemon = new(PublishDaemonAsync);

    private static string Platform { get; } = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier is var own && own.EndsWith("arm64", StringComparison.Ordinal) ? "linux-arm64" : "linux-x64";

    /// <summary>The gateway, in a data directory and on a port of its own.</summary>
    public static async Task<Server> StartGatewayAsync(string data) =>
        await Server.StartAsync(await Gateway.Value, ["--data", data, "gateway", "--urls", "http://127.0.0.1:0", "--no-open"]);

    /// <summary>The same with a workspace and settings of its own.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="settings">Settings as environment variables.</param>
    /// <param name="urls">Where it listens.</param>
    public static async Task<Server> StartGatewayAsync(string data, string workspace, Dictionary<string, string> settings, string urls = "http://127.0.0.1:0") =>
        await Server.StartAsync(await Gateway.Value, ["--data", data, "--workspace", workspace, "gateway", "--urls", urls, "--no-open"], settings);

    /// <summary>The daemon of a node as it is shipped: one file that needs nothing installed.</summary>
    public static Task<string> DaemonFileAsync() => Daemon.Value;

    /// <summary>The reference: what ASP.NET Core itself takes.</summary>
    public static async Task<Server> StartHelloAsync() => await Server.StartAsync(await Hello.Value, []);

    private static async Task<string> PublishGatewayAsync()
    {
        var target = Path.Combine(Repository.Root, "artifacts", "publish", "benchmark");
        await PublishAsync(Path.Combine(Repository.Root, "src", "ChatOps.Cli"), target);
        return Path.Combine(target, "chatops");
    }

    private static async Task<string> PublishDaemonAsync()
    {
        var target = Path.Combine(Repository.Root, "artifacts", "publish", "benchmark-node");
        var project = Path.Combine(Repository.Root, "src", "ChatOps.Node.Daemon");
        await Command.RunAsync("dotnet", ["publish", project, "-c", "Release", "-r", Platform, "-o", target, "-v", "q", "--nologo"], project);
        return Path.Combine(target, "chatops-node");
    }

    private static async Task<string> PublishHelloAsync()
    {
        var source = Path.Combine(Repository.Root, "artifacts", "benchmark-hello");
        Directory.CreateDirectory(source);
        foreach (var (name, text) in HelloProgram.Files) await File.WriteAllTextAsync(Path.Combine(source, name), text);
        await PublishAsync(source, Path.Combine(source, "out"));
        return Path.Combine(source, "out", "hello");
    }

    private static Task PublishAsync(string project, string target) =>
        Command.RunAsync("dotnet", ["publish", project, "-c", "Release", "-r", Platform, "--self-contained", "false", "-p:PublishReadyToRun=true", "-o", target, "-v", "q", "--nologo"], project);
}
