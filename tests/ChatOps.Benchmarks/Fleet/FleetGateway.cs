using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatOps.Benchmarks.Start;
using ChatOps.Testing;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>A gateway in a process of its own, on a port that it keeps over a restart, spoken to over its HTTP API.</summary>
internal sealed class FleetGateway : IAsyncDisposable
{
    private static readonly TimeSpan OnlineLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(5);

    private const int WarmRounds = 3, WarmRuns = 10;
    private const double CalmShare = 0.1;
    private static readonly TimeSpan CalmWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CalmLimit = TimeSpan.FromSeconds(30);

    private readonly string data;
    private readonly string url;
    private readonly Dictionary<string, string> settings;
    private HttpClient client = new();

    private FleetGateway(string data, string url, Dictionary<string, string> settings, Server server) => (this.data, this.url, this.settings, Server) = (data, url, settings, server);

    /// <summary>Its process.</summary>
    public Server Server { get; private set; }

    /// <summary>Where nodes connect.</summary>
    public Uri Relay => new UriBuilder(url) { Scheme = "ws" }.Uri;

    /// <summary>Starts one for so many nodes, all of which may work at once.</summary>
    public static async Task<FleetGateway> StartAsync(string directory, int nodes)
    {
        var settings = new Dictionary<string, string> { ["CHATOPS__Fleet__MaxParallel"] = Text(Math.Min(1024, nodes)), ["CHATOPS__Fleet__Relay__MaxNodes"] = Text(Math.Max(1000, nodes)) };
        var (data, url) = (Path.Combine(directory, "data"), $"http://127.0.0.1:{LoopbackPort.Free()}");
        var gateway = new FleetGateway(data, url, settings, await StartServerAsync(data, url, settings));
        gateway.SignIn();
        return gateway;
    }

    /// <summary>Ends the process and starts another one on the same data.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = await StartServerAsync(data, url, settings);
        SignIn();
    }

    /// <summary>A join token with labels.</summary>
    public async Task<string> TokenAsync(string labels) => (string)(await CallAsync("node_token_create", new { label = labels }))["secret"]!;

    /// <summary>Waits until so many nodes that match are connected.</summary>
    public async Task OnlineAsync(string selector, int count)
    {
        var began = Stopwatch.GetTimestamp();
        while (await CountOnlineAsync(selector) < count)
        {
            if (Stopwatch.GetElapsedTime(began) > OnlineLimit) throw new TimeoutException($"Not all of {selector} connected within {OnlineLimit}.");
            // To list thousands of nodes is work for the gateway: asked all the time it would hold up what is waited for.
            await Task.Delay(Math.Clamp(count / 4, 50, 500));
        }
    }

    /// <summary>
    /// Runs <c>true</c> on all that match until the gateway and this process are as they are after a day: what is called often is compiled a second time in the background, which for the
    /// first seconds takes more processor time than the work itself. The peers are compiled long before.
    /// </summary>
    public async Task WarmAsync(string selector, int expected)
    {
        for (var round = 0; round < WarmRounds; round++)
        {
            for (var i = 0; i < WarmRuns; i++) await RunTrueAsync(selector, expected);
            await CalmAsync();
        }
    }

    /// <summary>Milliseconds for <c>true</c> on all that match.</summary>
    public Task<double> RunTrueAsync(string selector, int expected) => RunAsync("true", selector, expected);

    /// <summary>Milliseconds for a command on all that match; every one must be ok.</summary>
    public async Task<double> RunAsync(string commandLine, string selector, int expected)
    {
        var (taken, ok, answer) = await AskAsync(commandLine, selector);
        return ok == expected ? taken : throw new InvalidOperationException($"Not {expected} nodes answered: {Short(answer.ToJsonString())}");
    }

    /// <summary>The same, however many are ok.</summary>
    public async Task<(double Milliseconds, int Ok, JsonNode Answer)> AskAsync(string commandLine, string selector)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await CallAsync("run", new { command_line = commandLine, on = selector });
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, (int?)answer["result"]?["ok"] ?? 0, answer);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Server.DisposeAsync();
    }

    // Until neither process works although nothing is asked of it.
    private async Task CalmAsync()
    {
        using var own = Process.GetCurrentProcess();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < CalmLimit;)
        {
            var before = Used();
            await Task.Delay(CalmWindow);
            if (Used() - before < CalmWindow * CalmShare) return;
        }

        TimeSpan Used()
        {
            own.Refresh();
            return Server.ProcessorTime + own.TotalProcessorTime;
        }
    }

    private async Task<int> CountOnlineAsync(string selector) =>
        (await CallAsync("nodes", new { on = selector }))["result"] is JsonArray nodes ? nodes.Count(n => (string?)n!["state"] == "online") : 0;

    private async Task<JsonNode> CallAsync(string tool, object arguments)
    {
        using var response = await client.PostAsJsonAsync($"/api/tools/{tool}", new { arguments });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private void SignIn()
    {
        client.Dispose();
        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(data, "gateway.json")))!;
        client = new HttpClient { BaseAddress = new Uri(url), Timeout = CallLimit };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)record["key"]!);
    }

    private static Task<Server> StartServerAsync(string data, string url, Dictionary<string, string> settings) =>
        PublishedPrograms.StartGatewayAsync(data, Path.Combine(Repository.Root, "workspace"), settings, url);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= 500 ? text : text[..500] + "…";
}
