using System.Net;
using System.Text;
using System.Text.Json;
using ChatOps.Audit;
using ChatOps.Host.Http;
using ChatOps.Identity;
using ChatOps.Tools;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Host;

public sealed class HttpApiTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Every_address_but_health_and_the_way_in_refuses_an_anonymous_caller()
    {
        // The sign-in page, its form and what it is drawn with are how somebody stops being anonymous.
        string[] open = ["/health/live", "/health/ready", "/sign-in", "/assets/{version}/{name}", "/favicon.ico"];
        using var client = gateway.Client(null);
        var routes = gateway.Host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().ToList();

        Assert.Contains(routes, r => r.RoutePattern.RawText == "/api/tools/{name}");
        foreach (var route in routes.Where(r => !open.Contains(r.RoutePattern.RawText)))
        {
            var path = string.Join('/', route.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart l ? l.Content : "x"))));
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/" + path));
                Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.BadRequest,
                    $"{method} /{path} ({route.RoutePattern.RawText}) answered {(int)answer.StatusCode} to nobody");
                Assert.True(answer.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther)
                    || answer.Headers.Location!.ToString().Contains("sign-in", StringComparison.Ordinal), $"{method} /{path} sends nobody to {answer.Headers.Location}");
            }
        }
    }

    [Fact]
    public async Task Health_is_open_and_says_names_and_states_alone()
    {
        using var client = gateway.Client(null);
        using var live = await client.GetAsync("/health/live");
        using var ready = await client.GetAsync("/health/ready");
        var body = await GatewayFixture.ReadAsync(ready);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(["parts", "state"], body.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("ok", body.GetProperty("parts").GetProperty("store").GetString());
    }

    [Fact]
    public async Task A_tool_is_called_with_text_numbers_and_flags_and_answers_as_the_surface_says()
    {
        using var client = gateway.Owner();
        var (status, body) = await GatewayFixture.CallAsync(client, "run", """{ "arguments": { "command_line": "echo hello", "on": "local" } }""");
        var (_, list) = await GatewayFixture.CallAsync(client, "audit_list", """{ "arguments": { "limit": 5 } }""");

        Assert.Equal(200, status);
        Assert.Equal("done", body.GetProperty("status").GetString());
        Assert.Equal("hello\n", body.GetProperty("result").GetProperty("nodes")[0].GetProperty("output").GetString());
        Assert.NotNull(body.GetProperty("invocation").GetString());
        Assert.NotNull(body.GetProperty("audit").GetString());
        Assert.Equal("done", list.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_gates_no_is_an_answer_and_not_an_error()
    {
        using var owner = gateway.Owner();
        using var viewer = gateway.Client(await gateway.TokenAsync("vic", TimeSpan.FromHours(1)));
        const string Run = """{ "arguments": { "command_line": "true", "on": "local" } }""";

        var (forbidden, never) = await GatewayFixture.CallAsync(owner, "run", """{ "arguments": { "command_line": "mkfs.ext4 /dev/sda", "on": "local" } }""");
        var (waits, waiting) = await GatewayFixture.CallAsync(owner, "run", """{ "arguments": { "command_line": "touch /nowhere/at/all", "on": "local" } }""");
        var (refused, no) = await GatewayFixture.CallAsync(viewer, "run", Run);

        Assert.Equal((200, "refused"), (forbidden, never.GetProperty("status").GetString()));
        Assert.Equal((200, "refused"), (refused, no.GetProperty("status").GetString()));
        Assert.Equal("notAllowed", no.GetProperty("failure").GetString());
        Assert.Equal((200, "waiting"), (waits, waiting.GetProperty("status").GetString()));
        Assert.NotNull(waiting.GetProperty("approval").GetString());
    }

    [Theory]
    [InlineData("{", 400, "bad_json")]
    [InlineData("[]", 400, "bad_json")]
    [InlineData("""{ "arguments": { "on": "local", "on": "all" } }""", 400, "bad_json")]
    [InlineData("""{ "arguments": { "on": ["local"] } }""", 400, "bad_json")]
    [InlineData("""{ "argument": {} }""", 400, "bad_json")]
    [InlineData("""{ "arguments": {}, "idempotencyKey": 5 }""", 400, "bad_json")]
    [InlineData("""{ "a": { "a": { "a": { "a": { "a": { "a": { "a": { "a": { "a": 1 } } } } } } } } }""", 400, "bad_json")]
    [InlineData("""{ "arguments": { "on": "local", "command_line": "true", "speed": "fast" } }""", 400, "bad_arguments")]
    [InlineData("""{ "arguments": { "on": "local", "command_line": "true", "timeout": "soon" } }""", 400, "bad_arguments")]
    public async Task A_malformed_call_is_refused_with_a_code_and_a_sentence(string body, int status, string code)
    {
        using var client = gateway.Owner();
        var answer = await GatewayFixture.CallAsync(client, "run", body);

        Assert.Equal((status, code), (answer.Status, answer.Body.GetProperty("code").GetString()));
        Assert.EndsWith(".", answer.Body.GetProperty("message").GetString()!.Replace(")", ".", StringComparison.Ordinal).Replace("?", ".", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tool_is_named_with_the_nearest_one()
    {
        using var client = gateway.Owner();
        var (status, body) = await GatewayFixture.CallAsync(client, "audit_lits", "{}");

        Assert.Equal(404, status);
        Assert.Contains("'audit_list'", body.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_idempotency_key_answers_with_the_first_invocation()
    {
        using var client = gateway.Owner();
        const string Body = """{ "arguments": { "command_line": "date +%N", "on": "local" }, "idempotencyKey": "once-1" }""";
        var (_, first) = await GatewayFixture.CallAsync(client, "run", Body);
        var (_, second) = await GatewayFixture.CallAsync(client, "run", Body);

        Assert.Equal(first.GetProperty("invocation").GetString(), second.GetProperty("invocation").GetString());
        Assert.Equal(first.GetProperty("result").ToString(), second.GetProperty("result").ToString());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        using var client = gateway.Owner();
        using var answer = await client.PostAsync("/api/tools/run", new ByteArrayContent(new byte[GatewayLimits.RequestBodyBytes + 1]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_stream_shows_output_while_it_comes_and_ends_with_the_outcome()
    {
        using var client = gateway.Owner();
        using var answer = await client.PostAsync("/api/tools/run?stream=true",
            new StringContent("""{ "arguments": { "command_line": "seq 3", "on": "local" } }""", Encoding.UTF8, "application/json"));
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();

        Assert.Equal("outcome", lines[^1].GetProperty("event").GetString());
        Assert.Equal("done", lines[^1].GetProperty("outcome").GetProperty("status").GetString());
        Assert.Equal("1\n2\n3\n", string.Concat(lines.Where(l => l.GetProperty("event").GetString() == "output").Select(l => l.GetProperty("text").GetString())));
    }

    [Fact]
    public async Task An_invocation_is_shown_to_its_person_and_looks_unknown_to_others()
    {
        using var owner = gateway.Owner();
        using var viewer = gateway.Client(await gateway.TokenAsync("vic", TimeSpan.FromHours(1)));
        var (_, mine) = await GatewayFixture.CallAsync(owner, "run", """{ "arguments": { "command_line": "true", "on": "local" } }""");
        var path = $"/api/invocations/{mine.GetProperty("invocation").GetString()}";

        using var seen = await owner.GetAsync(path);
        using var hidden = await viewer.GetAsync(path);
        using var unknown = await owner.GetAsync("/api/invocations/01aaaaaaaaaaaaaaaaaaaaaaaa");

        Assert.Equal("done", (await GatewayFixture.ReadAsync(seen)).GetProperty("status").GetString());
        var mayReadAudit = gateway.Host.Services.GetRequiredService<IAuthorizer>()
            .CouldUse(gateway.Host.Services.GetRequiredService<IPrincipals>().Find("vic")!, "audit_show", "audit");
        Assert.Equal(mayReadAudit ? HttpStatusCode.OK : HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Only_the_owners_own_key_may_act_as_somebody_else_and_the_record_has_both()
    {
        using var owner = gateway.Owner();
        using var viewer = gateway.Client(await gateway.TokenAsync("vic", TimeSpan.FromHours(1)));
        using var token = gateway.Client(await gateway.TokenAsync("owner", TimeSpan.FromHours(1)));
        owner.DefaultRequestHeaders.Add(ApiTokenScheme.ActAsHeader, "vic");
        viewer.DefaultRequestHeaders.Add(ApiTokenScheme.ActAsHeader, "owner");
        token.DefaultRequestHeaders.Add(ApiTokenScheme.ActAsHeader, "vic");

        var (status, body) = await GatewayFixture.CallAsync(owner, "run", """{ "arguments": { "command_line": "true", "on": "local" } }""");
        var (viewerStatus, _) = await GatewayFixture.CallAsync(viewer, "status", "{}");
        var (tokenStatus, _) = await GatewayFixture.CallAsync(token, "status", "{}");

        Assert.Equal((200, "refused"), (status, body.GetProperty("status").GetString()));
        Assert.Equal((401, 401), (viewerStatus, tokenStatus));
        var records = await gateway.Host.Services.GetRequiredService<IAuditLog>().QueryAsync(
            new AuditQuery(InvocationId: body.GetProperty("invocation").GetString()), CancellationToken.None);
        Assert.Contains(records, r => r.Entry.Principal == "owner" && r.Entry.Detail.GetValueOrDefault("as") == "vic");
        Assert.Contains(records, r => r.Entry.Principal == "vic" && r.Entry.Kind == AuditKind.Refusal);
    }

    [Fact]
    public async Task An_expired_token_and_a_person_who_is_gone_are_refused()
    {
        using var expired = gateway.Client(await gateway.TokenAsync("vic", TimeSpan.FromMilliseconds(-1)));
        using var gone = gateway.Client(await gateway.TokenAsync("nobody-any-more", TimeSpan.FromHours(1)));

        Assert.Equal(401, (await GatewayFixture.CallAsync(expired, "status", "{}")).Status);
        Assert.Equal(401, (await GatewayFixture.CallAsync(gone, "status", "{}")).Status);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task A_request_under_another_name_is_refused(string host, HttpStatusCode expected)
    {
        using var client = gateway.Client(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = host } };
        using var answer = await client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task The_document_lists_every_tool_with_a_body_a_caller_can_build()
    {
        using var client = gateway.Owner();
        using var answer = await client.GetAsync("/openapi.json");
        var document = await GatewayFixture.ReadAsync(answer);
        var paths = document.GetProperty("paths");

        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        Assert.NotNull(document.GetProperty("info").GetProperty("version").GetString());
        Assert.All(ToolDefinitions.All, manifest =>
        {
            var post = paths.GetProperty($"/api/tools/{manifest.Name}").GetProperty("post");
            Assert.Equal(manifest.Name, post.GetProperty("operationId").GetString());
            var arguments = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("properties").GetProperty("arguments");
            Assert.Equal(manifest.Parameters.Where(p => !p.Hidden).Select(p => p.Name).Order(), arguments.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
        });
        var ids = paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(References(document), r => Assert.True(document.GetProperty("components").GetProperty("schemas").TryGetProperty(r.Split('/')[^1], out _), r));
    }

    [Fact]
    public async Task Metrics_are_prometheus_text()
    {
        using var client = gateway.Owner();
        using var before = await client.GetAsync("/api/tools");
        using var answer = await client.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var samples = PrometheusReader.Read(text);
        Assert.Contains(samples, s => s.Name == "http_server_request_duration_seconds_count" && s.Value > 0);
        Assert.Contains(samples, s => s.Name == "chatops_store_commits_total" && s.Value > 0);
    }

    [Fact]
    public async Task A_conversation_over_http_answers_as_the_console_does()
    {
        using var client = gateway.Owner();
        using var watch = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/chat/testing/events"), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await watch.Content.ReadAsStreamAsync());
        Assert.Equal("""{"event":"ready"}""", await reader.ReadLineAsync());

        using var said = await client.PostAsync("/api/chat/messages",
            new StringContent("""{ "conversation": "testing", "clientId": "c1", "text": "/whoami" }""", Encoding.UTF8, "application/json"));
        using var again = await client.PostAsync("/api/chat/messages",
            new StringContent("""{ "conversation": "testing", "clientId": "c1", "text": "/whoami" }""", Encoding.UTF8, "application/json"));
        var id = (await GatewayFixture.ReadAsync(said)).GetProperty("message").GetString();

        Assert.Equal("duplicate", (await GatewayFixture.ReadAsync(again)).GetProperty("status").GetString());
        using var limit = new CancellationTokenSource(Testing.Until.Limit);
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            using var change = JsonDocument.Parse(line);
            if (change.RootElement.GetProperty("event").GetString() != "message" || change.RootElement.GetProperty("answers").GetString() != id) continue;
            Assert.Contains("owner", line, StringComparison.Ordinal);
            return;
        }

        Assert.Fail("No answer came.");
    }

    [Fact]
    public async Task Whoever_listens_anew_is_told_first_what_stands_there_when_it_asks_for_that()
    {
        using var client = gateway.Owner();
        using var said = await client.PostAsync("/api/chat/messages",
            new StringContent("""{ "conversation": "missed", "clientId": "m1", "text": "/whoami" }""", Encoding.UTF8, "application/json"));
        var id = (await GatewayFixture.ReadAsync(said)).GetProperty("message").GetString()!;
        await Testing.Until.TrueAsync(async () => (await RecentAsync(client, "missed?recent=50")).Contains($"\"answers\":\"{id}\"", StringComparison.Ordinal));

        var all = await RecentAsync(client, "missed?recent=50");
        var last = await RecentAsync(client, "missed?recent=1");
        var none = await RecentAsync(client, "missed");
        var others = await RecentAsync(gateway.Client(await gateway.TokenAsync("vic", TimeSpan.FromHours(1))), "missed?recent=50");
        using var tooMany = await client.GetAsync("/api/chat/missed/events?recent=201");
        using var negative = await client.GetAsync("/api/chat/missed/events?recent=-1");

        Assert.Contains($$"""{"event":"inbound","id":"{{id}}","text":"/whoami","state":"done""", all, StringComparison.Ordinal);
        Assert.True(all.IndexOf("\"inbound\"", StringComparison.Ordinal) < all.IndexOf("\"answers\"", StringComparison.Ordinal));
        Assert.DoesNotContain("\"inbound\"", last, StringComparison.Ordinal);
        Assert.Contains("\"answers\"", last, StringComparison.Ordinal);
        Assert.Equal("", none);
        Assert.Equal("", others);
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, negative.StatusCode);
    }

    // What comes before the line that says that from then on changes come.
    private static async Task<string> RecentAsync(HttpClient client, string address)
    {
        var (name, query) = address.Split('?') is [var n, var q] ? (n, "?" + q) : (address, "");
        using var watch = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/chat/{name}/events{query}"), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await watch.Content.ReadAsStreamAsync());
        using var limit = new CancellationTokenSource(Testing.Until.Limit);
        var before = new StringBuilder();
        while (await reader.ReadLineAsync(limit.Token) is { } line && line != """{"event":"ready"}""") before.AppendLine(line);
        return before.ToString();
    }

    [Fact]
    public async Task An_export_is_streamed_to_whoever_may_read_the_record_and_is_recorded()
    {
        using var client = gateway.Owner();
        await GatewayFixture.CallAsync(client, "run", """{ "arguments": { "command_line": "true", "on": "local" } }""");
        using var jsonl = await client.GetAsync("/api/audit/export?since=1h");
        using var bad = await client.GetAsync("/api/audit/export?since=yesterday");
        var lines = (await jsonl.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.All(lines, l => JsonDocument.Parse(l).Dispose());
        var own = lines.Where(l => l.Contains("\"tool\":\"audit_export\"", StringComparison.Ordinal)).ToList();
        Assert.Contains(own, l => l.Contains("\"kind\":\"intent\"", StringComparison.Ordinal));
        Assert.Contains(own, l => l.Contains("\"kind\":\"outcome\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_passes_the_gate_like_any_tool_and_is_refused_without_the_right()
    {
        using var owner = gateway.Owner();
        using var viewer = gateway.Client(await gateway.TokenAsync("vic", TimeSpan.FromHours(1)));
        using var refused = await viewer.GetAsync("/api/audit/export?since=1h&format=csv");
        using var xml = await owner.GetAsync("/api/audit/export?since=1h&format=xml");
        using var csv = await owner.GetAsync("/api/audit/export?since=1h&format=csv");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, xml.StatusCode);
        Assert.Contains("deny by default", await csv.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == "$ref" ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
