using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Schemas;

namespace ChatOps.EndToEnd.Mcp;

/// <summary>The client of the protocol's own TypeScript SDK, in a process of its own, as an editor has it in its.</summary>
internal sealed class SdkClient : IAsyncDisposable
{
    private static readonly string Folder = Path.GetFullPath(RepositoryFiles.Of("tests/ChatOps.EndToEnd.Tests/Mcp/client"));
    private static readonly SemaphoreSlim Installing = new(1);
    private readonly Process process;
    private readonly Channel<JsonNode> answers = Channel.CreateUnbounded<JsonNode>();
    private readonly List<JsonNode> aside = [];
    private readonly List<string> errors = [];
    private int last;

    private SdkClient(Process process) => this.process = process;

    /// <summary>What the server said of itself.</summary>
    public JsonNode Connected { get; private set; } = null!;

    public string Errors
    {
        get
        {
            lock (errors) return string.Join('\n', errors);
        }
    }

    /// <summary>Connects to <c>chatops mcp</c>, which it starts.</summary>
    public static Task<SdkClient> StdioAsync(params string[] arguments) => StartAsync(["stdio", ChatOpsExecutable.File, .. arguments], null);

    /// <summary>Connects to <c>/mcp</c> of a gateway.</summary>
    public static Task<SdkClient> HttpAsync(GatewayProcess gateway, string query = "") => StartAsync(
        ["http", new Uri(gateway.Address, "/mcp" + query).ToString()], gateway.Client.DefaultRequestHeaders.Authorization!.Parameter);

    /// <summary>The program of a server on the same SDK, ready to be started by node.</summary>
    public static async Task<string> ServerAsync()
    {
        await InstallAsync();
        return Path.Combine(Folder, "server.mjs");
    }

    public async Task<IReadOnlyList<JsonNode>> ToolsAsync() => [.. (await EndOf(Begin("list", null, null)))["tools"]!.AsArray().Select(t => t!)];

    public Task<JsonNode> CallAsync(string tool, object arguments) => EndOf(Call(tool, arguments));

    /// <summary>Begins a call.</summary>
    public int Call(string tool, object arguments) => Begin("call", tool, arguments);

    public void Cancel(int call) => Write(new JsonObject { ["do"] = "cancel", ["as"] = call });

    /// <summary>The answer to a step.</summary>
    public Task<JsonNode> EndOf(int step) => NextAsync(a => a["as"]?.GetValueKind() == System.Text.Json.JsonValueKind.Number && (int)a["as"]! == step);

    /// <summary>What comes next of a kind.</summary>
    public async Task<JsonNode> NextAsync(Func<JsonNode, bool> isIt)
    {
        var known = aside.FirstOrDefault(isIt);
        if (known is not null)
        {
            aside.Remove(known);
            return known;
        }

        using var limit = new CancellationTokenSource(Until.Limit);
        try
        {
            while (true)
            {
                var answer = await answers.Reader.ReadAsync(limit.Token);
                if (isIt(answer)) return answer;
                aside.Add(answer);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new TimeoutException($"The client did not answer. {string.Join('\n', aside.Select(a => a.ToJsonString()))}\n{Errors}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Until.Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private int Begin(string what, string? tool, object? arguments)
    {
        var number = ++last;
        Write(new JsonObject { ["do"] = what, ["as"] = number, ["name"] = tool, ["arguments"] = arguments is null ? null : System.Text.Json.JsonSerializer.SerializeToNode(arguments) });
        return number;
    }

    private void Write(JsonNode step)
    {
        process.StandardInput.WriteLine(step.ToJsonString());
        process.StandardInput.Flush();
    }

    private static async Task<SdkClient> StartAsync(string[] arguments, string? token)
    {
        await InstallAsync();
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[Path.Combine(Folder, "client.mjs"), .. arguments]) start.ArgumentList.Add(argument);
        if (token is not null) start.Environment["MCP_TOKEN"] = token;
        var client = new SdkClient(new Process { StartInfo = start });
        client.Listen();
        client.Connected = await client.NextAsync(a => a["as"]?.GetValueKind() == System.Text.Json.JsonValueKind.String && (string)a["as"]! == "connect");
        return client;
    }

    private void Listen()
    {
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null) answers.Writer.TryComplete();
            else answers.Writer.TryWrite(JsonNode.Parse(e.Data)!);
        };
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is null) return;
            lock (errors) errors.Add(e.Data);
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    // What the lock file names, with its hashes; nothing of it is in the repository.
    private static async Task InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))) return;
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var output = npm.StandardOutput.ReadToEndAsync();
            var problems = npm.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0) throw new InvalidOperationException($"npm ci ended with {npm.ExitCode}.\n{await output}\n{await problems}");
        }
        finally
        {
            Installing.Release();
        }
    }
}
