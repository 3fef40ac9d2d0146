using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.CommandLine;

namespace ChatOps.EndToEnd.Http;

/// <summary>The one listener from outside: who is let in, and what a program can rely on.</summary>
public sealed class ApiTests(RunningGatewayFixture running) : IClassFixture<RunningGatewayFixture>
{
    private const int Races = 1000;
    private const int Lanes = 8;
    private static readonly TimeSpan RaceTime = TimeSpan.FromSeconds(25);
    private static readonly string[] Pages =
    [
        "/", "/chat/new", "/chat/any", "/chat/any/earlier", "/complete?text=/r", "/approvals", "/approvals/ABCDEF", "/nodes", "/nodes/local",
        "/audit", "/audit/any", "/access", "/status", "/palette", "/files/any", "/live",
    ];
    private static readonly string[] Posts =
    [
        "/sign-out", "/approvals/ABCDEF/approve", "/approvals/ABCDEF/deny", "/grants/any/revoke", "/access/grant", "/access/revoke",
        "/chat/any/messages", "/chat/any/title", "/chat/any/stop", "/audit/verify", "/audit/export",
    ];

    [Fact]
    public async Task Nobody_gets_in_without_being_known()
    {
        using var stranger = Stranger();
        var open = new List<string>();
        async Task TryAsync(HttpMethod method, string path)
        {
            using var request = new HttpRequestMessage(method, path);
            if (method == HttpMethod.Post) request.Content = JsonContent.Create(new { });
            using var answer = await stranger.SendAsync(request);
            if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)) open.Add($"{method} {path}: {(int)answer.StatusCode}");
        }

        var document = JsonNode.Parse(await running.Gateway.Client.GetStringAsync(new Uri("/openapi.json", UriKind.Relative)))!;
        var paths = document["paths"]!.AsObject().Where(p => !p.Key.StartsWith("/health", StringComparison.Ordinal)).ToList();
        Assert.True(paths.Count > 20, "The document lists the tools.");
        foreach (var (path, methods) in paths)
        {
            foreach (var method in methods!.AsObject().Select(m => m.Key).Where(m => m is "get" or "post"))
                await TryAsync(method == "get" ? HttpMethod.Get : HttpMethod.Post, path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
        }

        foreach (var path in (string[])[.. Pages, "/metrics", "/openapi.json", "/mcp", "/api/no-such-thing"]) await TryAsync(HttpMethod.Get, path);
        foreach (var path in (string[])[.. Posts, "/mcp"]) await TryAsync(HttpMethod.Post, path);

        Assert.Empty(open);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_wrong_token_is_refused_with_the_reason()
    {
        using var stranger = Stranger();
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "chatops_not-one-of-ours");
        using var answer = await stranger.PostAsJsonAsync("/api/tools/status", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("token is not known", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_under_another_name_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tools/status") { Content = JsonContent.Create(new { }) };
        request.Headers.Host = "rebound.example";
        using var answer = await running.Gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_signed_in_browser_changes_nothing_for_another_site()
    {
        using var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = running.Gateway.Address };
        var link = (string)(await running.Gateway.CallAsync("access_link", new { }))["secret"]!;
        using (var signedIn = await browser.GetAsync(new Uri(link, UriKind.Relative))) Assert.True(signedIn.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/nodes", UriKind.Relative))).StatusCode);

        foreach (var origin in (string?[])[null, "http://evil.example", "null", $"http://127.0.0.1:{running.Gateway.Address.Port + 1}"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/audit/verify") { Content = JsonContent.Create(new { }) };
            if (origin is not null) request.Headers.Add("Origin", origin);
            using var answer = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using var socket = new ClientWebSocket();
        socket.Options.Cookies = handler.CookieContainer;
        socket.Options.SetRequestHeader("Origin", "http://evil.example");
        var refused = await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{running.Gateway.Address.Port}/live"), CancellationToken.None));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_makes_a_repeated_call_the_same_call()
    {
        var file = running.Folder.In("repeated");
        var first = await running.Gateway.CallAsync("run", new { command_line = $"echo x >> {file}", on = "local" }, "deploy-42");
        var again = await running.Gateway.CallAsync("run", new { command_line = $"echo x >> {file}", on = "local" }, "deploy-42");
        Assert.Equal((string)first["invocation"]!, (string)again["invocation"]!);
        Assert.Equal((string)first["approval"]!, (string)again["approval"]!);

        await running.Gateway.CallAsync("approvals_approve", new { id = (string)first["approval"]! });
        await running.Gateway.Client.GetStringAsync(new Uri($"/api/invocations/{(string)first["invocation"]!}?wait=20s", UriKind.Relative));
        var last = await running.Gateway.CallAsync("run", new { command_line = $"echo x >> {file}", on = "local" }, "deploy-42");

        Assert.Equal(((string)first["invocation"]!, "done"), ((string)last["invocation"]!, (string)last["status"]!));
        Assert.Equal("x\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Of_two_approvals_at_once_one_counts_and_it_runs_once()
    {
        var clock = Stopwatch.StartNew();
        var outcomes = new ConcurrentBag<(bool Once, int Lines)>();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            for (var i = lane; i < Races && clock.Elapsed < RaceTime; i += Lanes) outcomes.Add(await RaceAsync(running.Folder.In($"race-{i}")));
        }));

        Assert.True(outcomes.Count >= 50, $"Only {outcomes.Count} races in {clock.Elapsed}.");
        Assert.All(outcomes, o => Assert.Equal((true, 1), o));
        TestContext.Current.SendDiagnosticMessage($"{outcomes.Count} races in {clock.Elapsed.TotalSeconds:0.0} s.");
        Assert.Equal(0, (await running.Commands.RunAsync("audit", "verify")).ExitCode);
    }

    private async Task<(bool Once, int Lines)> RaceAsync(string file)
    {
        var asked = await running.Gateway.CallAsync("run", new { command_line = $"echo ran >> {file}", on = "local" });
        var decisions = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => running.Gateway.CallAsync("approvals_approve", new { id = (string)asked["approval"]! })));
        var outcome = await running.Gateway.Client.GetStringAsync(new Uri($"/api/invocations/{(string)asked["invocation"]!}?wait=30s", UriKind.Relative));
        Assert.Equal("done", (string)JsonNode.Parse(outcome)!["status"]!);
        return (decisions.Count(d => (string)d["status"]! == "done") == 1, (await File.ReadAllLinesAsync(file)).Length);
    }

    private HttpClient Stranger() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = running.Gateway.Address };
}
