using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ChatOps.EndToEnd.Harness;

/// <summary>A real gateway in a process of its own, on a port that the system chose.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly List<string> lines = [];
    private readonly TaskCompletionSource<string> link = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayProcess(Process process, string dataDirectory)
    {
        this.process = process;
        DataDirectory = dataDirectory;
    }

    public string DataDirectory { get; }

    /// <summary>The one-time sign-in link that the start printed.</summary>
    public string SignInLink { get; private set; } = "";

    /// <summary>Where it answers on this machine; the link names the public address when there is one.</summary>
    public Uri Address { get; private set; } = null!;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>How it ended; only after its end.</summary>
    public int ExitCode => process.ExitCode;

    public string Log
    {
        get
        {
            lock (lines) return string.Join('\n', lines);
        }
    }

    /// <summary>A client with the owner's key, as the CLI of the same user has it.</summary>
    public HttpClient Client { get; private set; } = null!;

    public static async Task<GatewayProcess> StartAsync(
        string dataDirectory, string? workspace = null, IReadOnlyDictionary<string, string>? environment = null, params string[] more)
    {
        var start = new ProcessStartInfo(ChatOpsExecutable.File) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["--data", dataDirectory, .. workspace is null ? Array.Empty<string>() : ["--workspace", workspace], "gateway", "--no-open", .. more.Contains("--urls") ? more : [.. more, "--urls", "http://127.0.0.1:0"]])
            start.ArgumentList.Add(argument);
        // Tests talk and call faster than people do; the ones about the limits set them.
        foreach (var limit in (string[])["Agent__MessagesPerMinute", "Agent__MessagesPerMinuteInAll", "Gateway__CallsPerMinute", "Gateway__CallsPerMinuteInAll"]) start.Environment["CHATOPS__" + limit] = "1000000";
        // The daily review comes at four in the morning, whoever is being tested then.
        start.Environment["CHATOPS__Review__When"] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0 {(TimeProvider.System.GetLocalNow().Hour + 12) % 24} * * *");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var gateway = new GatewayProcess(new Process { StartInfo = start }, dataDirectory);
        gateway.Listen(hasConsole: more.SkipWhile(word => word != "--role").Skip(1).FirstOrDefault() is not { } roles || roles.Contains("console", StringComparison.Ordinal));
        var ready = await Task.WhenAny(gateway.link.Task, gateway.process.WaitForExitAsync(), Task.Delay(StartLimit));
        if (ready != gateway.link.Task)
        {
            if (!gateway.process.HasExited) gateway.Kill();
            await gateway.process.WaitForExitAsync();
            throw new GatewayDidNotStartException(gateway.process.ExitCode, gateway.Log);
        }

        gateway.SignInLink = await gateway.link.Task;
        gateway.Connect();
        return gateway;
    }

    /// <summary>SIGKILL, as a power cut would.</summary>
    public void Kill() => process.Kill();

    public Task WaitForExitAsync(TimeSpan limit) => process.WaitForExitAsync().WaitAsync(limit);

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("/bin/kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync().WaitAsync(Until.Limit);
        return process.ExitCode;
    }

    /// <summary>Calls a tool through the HTTP API.</summary>
    public async Task<JsonNode> CallAsync(string tool, object arguments, string? idempotencyKey = null)
    {
        using var response = await Client.PostAsJsonAsync($"/api/tools/{tool}", new { arguments, idempotencyKey });
        var text = await response.Content.ReadAsStringAsync();
        return JsonNode.Parse(text) ?? throw new InvalidOperationException($"No answer from {tool}: {text}");
    }

    /// <summary>Calls a tool and lets the owner approve it when it asks; returns the outcome.</summary>
    public async Task<JsonNode> CallApprovedAsync(string tool, object arguments)
    {
        var answer = await CallAsync(tool, arguments);
        if ((string?)answer["status"] != "waiting") return answer;
        await CallAsync("approvals_approve", new { id = (string)answer["approval"]! });
        var outcome = answer;
        await Until.TrueAsync(
            async () =>
            {
                outcome = JsonNode.Parse(await Client.GetStringAsync(new Uri($"/api/invocations/{(string)answer["invocation"]!}", UriKind.Relative)))!;
                return (string)outcome["status"]! is not ("waiting" or "running");
            },
            () => $"{tool} was approved and does not end: {outcome.ToJsonString()}");
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Client?.Dispose();
    }

    private void Listen(bool hasConsole)
    {
        void Take(string? line)
        {
            if (line is null) return;
            lock (lines) lines.Add(line);
            if (!hasConsole && line.StartsWith("ChatOps is ready at", StringComparison.Ordinal)) link.TrySetResult("");
            var at = line.IndexOf("http", StringComparison.Ordinal);
            if (at >= 0 && line.Contains("/sign-in?code=", StringComparison.Ordinal)) link.TrySetResult(line[at..].Split(' ')[0]);
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Connect()
    {
        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(DataDirectory, "gateway.json")))!;
        Address = new Uri((string)record["url"]!);
        Client = new HttpClient { BaseAddress = Address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)record["key"]!);
    }
}
