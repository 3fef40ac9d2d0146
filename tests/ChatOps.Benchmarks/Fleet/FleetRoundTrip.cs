using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatOps.Benchmarks.Start;
using ChatOps.Node;
using ChatOps.Secrets;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>
/// One command to one connected node, and <c>true</c> to a hundred, through the HTTP API: gate, audit and result included. The hundred node
/// identities live in this process, the gateway in its own; the floor is a C program that starts as many processes.
/// </summary>
internal sealed class FleetRoundTrip : IBenchmark
{
    private const int Nodes = 100;
    private const int Warmups = 20;
    private const int Rounds = 100;
    private const int FanOuts = 15;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromMinutes(1);

    public string Name => "fleet";

    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-fleet-benchmark-").FullName;
        using var stop = new CancellationTokenSource();
        try
        {
            if (await ProcessesInC.CompileAsync(directory) is not { } floor)
            {
                await notes.WriteLineAsync("There is no C compiler; without the floor the numbers would mean nothing.");
                return [];
            }

            var settings = new Dictionary<string, string> { ["CHATOPS__Fleet__MaxParallel"] = $"{Nodes}" };
            var data = Path.Combine(directory, "data");
            await using var gateway = await PublishedPrograms.StartGatewayAsync(data, Path.Combine(Repository.Root, "workspace"), settings);
            using var client = ClientOf(gateway, data);
            var daemons = await JoinAsync(client, gateway, directory, stop.Token);
            var measures = await MeasureAsync(client, floor);
            await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"gateway with {Nodes} nodes: {gateway.ResidentMiB():0} MiB resident"));
            await stop.CancelAsync();
            await Task.WhenAll(daemons);
            return measures;
        }
        finally
        {
            await stop.CancelAsync();
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(HttpClient client, ProcessesInC floor)
    {
        for (var i = 0; i < Warmups; i++) await RunTrueAsync(client, "bench-0", 1);
        for (var i = 0; i < 3; i++) await RunTrueAsync(client, "bench=yes", Nodes);

        // Alternating, so that what disturbs one disturbs the other.
        List<double> one = [], single = [], all = [], processes = [];
        for (var i = 0; i < Rounds; i++)
        {
            one.Add(await RunTrueAsync(client, "bench-0", 1));
            single.Add(await floor.RunAsync(1, 1));
        }

        for (var i = 0; i < FanOuts; i++)
        {
            all.Add(await RunTrueAsync(client, "bench=yes", Nodes));
            processes.Add(await floor.RunAsync(Nodes, 2));
        }

        var over = one.Median() - single.Median();
        return
        [
            new("fleet: one command to a connected node, p50", Text(one.Median()))
            {
                Reference = $"starting the process, in C: {Text(single.Median())}", Ratio = one.Median() / single.Median(), Goal = "under 5 ms over the process start", Met = over < 5,
            },
            new($"fleet: `true` on {Nodes} nodes (identities in one process), p50", Text(all.Median()))
            {
                Reference = $"{Nodes} processes, 2 at a time, in C: {Text(processes.Median())}", Ratio = all.Median() / processes.Median(), Goal = "within 2 times", Met = all.Median() <= 2 * processes.Median(),
            },
        ];
    }

    private static string Text(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms");

    private static async Task<double> RunTrueAsync(HttpClient client, string selector, int expected)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await CallAsync(client, "run", new { command_line = "true", on = selector });
        var taken = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return (int?)answer["result"]?["ok"] == expected ? taken : throw new InvalidOperationException($"Not {expected} nodes answered: {answer.ToJsonString()}");
    }

    private static async Task<List<Task>> JoinAsync(HttpClient client, Server gateway, string directory, CancellationToken stop)
    {
        var redactor = SecretsRegistration.CreateRedactor(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) });
        var relay = new UriBuilder(gateway.Url) { Scheme = "ws" }.Uri;
        List<Task> daemons = [];
        for (var i = 0; i < Nodes; i++)
        {
            var token = (string)(await CallAsync(client, "node_token_create", new { label = "bench=yes" }))["secret"]!;
            var options = new DaemonOptions { Relay = relay, JoinToken = token, Name = $"bench-{i}", StateDirectory = Path.Combine(directory, $"node-{i}"), StopPatience = TimeSpan.Zero };
            daemons.Add(NodeDaemon.RunAsync(options, redactor, TextWriter.Null, TimeProvider.System, stop));
        }

        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var nodes = (await CallAsync(client, "nodes", new { on = "bench=yes" }))["result"]!.AsArray();
            if (nodes.Count(n => (string?)n!["state"] == "online") == Nodes) return daemons;
            if (Stopwatch.GetElapsedTime(began) > ConnectLimit) throw new TimeoutException($"Not all nodes connected within {ConnectLimit}.");
            await Task.Delay(100, stop);
        }
    }

    private static async Task<JsonNode> CallAsync(HttpClient client, string tool, object arguments)
    {
        using var response = await client.PostAsJsonAsync($"/api/tools/{tool}", new { arguments });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static HttpClient ClientOf(Server gateway, string data)
    {
        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(data, "gateway.json")))!;
        var client = new HttpClient { BaseAddress = new Uri(gateway.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)record["key"]!);
        return client;
    }
}
