using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Mcp.Serving;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tests.Host;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Mcp;

/// <summary>The tools for MCP clients, over HTTP, against the composed gateway.</summary>
public sealed class McpServerTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Change = "touch /nowhere/at/all";

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Nobody_is_served_without_a_token(string method)
    {
        using var client = gateway.Client(null);
        using var wrong = gateway.Client("chatops_not-one-of-ours");
        foreach (var stranger in (HttpClient[])[client, wrong])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), McpClientSession.Path);
            if (method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var answer = await stranger.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_tools_are_listed_as_they_are_defined_and_no_persons_own_decision_is_one()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        var tools = (await session.ToolsAsync()).ToDictionary(t => (string)t["name"]!);

        Assert.Equal("chatops", (string?)session.Began!["serverInfo"]!["name"]);
        Assert.Equal("string", (string?)tools["run"]["inputSchema"]!["properties"]!["command_line"]!["type"]);
        Assert.False((bool)tools["run"]["inputSchema"]!["additionalProperties"]!);
        Assert.DoesNotContain("approvals_approve", tools.Keys);
        Assert.DoesNotContain("access_token_create", tools.Keys);
        Assert.Contains(InvocationLook.Name, tools.Keys);
    }

    [Fact]
    public async Task Only_what_never_changes_anything_is_said_to_read()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        var reads = (await session.ToolsAsync()).ToDictionary(t => (string)t["name"]!, t => (bool)t["annotations"]!["readOnlyHint"]!);

        foreach (var name in (string[])["status", "audit_list", "nodes", "files_read", "files_search", "logs", "node_facts", "get_file", "http_get", "web_search", "invocation"]) Assert.True(reads[name], name);
        foreach (var name in (string[])["run", "service", "put_file", "files_write", "files_edit", "access_grant", "node_remove", "skills_install"]) Assert.False(reads[name], name);
    }

    [Fact]
    public async Task A_tool_that_the_person_may_not_use_is_not_listed_and_is_refused()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Client(await gateway.TokenAsync("vic", TimeSpan.FromHours(1))));
        var names = (await session.ToolsAsync()).Select(t => (string)t["name"]!).ToList();
        var answer = await session.CallAsync("run", new { command_line = "true", on = "local" });

        Assert.Contains("nodes", names);
        Assert.DoesNotContain("run", names);
        Assert.True((bool)answer["isError"]!);
        Assert.Equal("refused", McpClientSession.Status(answer));
        Assert.Equal("notAllowed", (string?)answer["structuredContent"]!["failure"]);
    }

    [Fact]
    public async Task A_read_runs_at_once_as_the_person_and_is_recorded_as_asked_over_this_protocol()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        var answer = await session.CallAsync("run", new { command_line = "echo hello", on = "local" });
        var row = await RowAsync((string)answer["structuredContent"]!["invocation"]!);

        Assert.Equal("done", McpClientSession.Status(answer));
        Assert.Contains("hello", McpClientSession.Text(answer), StringComparison.Ordinal);
        Assert.NotNull((string?)answer["structuredContent"]!["audit"]);
        Assert.Equal(InvocationRequest.Mcp, row.Source);
    }

    [Fact]
    public async Task A_change_asks_and_the_call_waits_until_it_is_decided_and_says_meanwhile_that_it_does()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner(), "?wait=10m");
        using var owner = gateway.Owner();
        var file = Path.Combine(gateway.Workspace, "made-over-mcp");
        var call = session.AskAsync("tools/call", new { name = "run", arguments = new { command_line = $"touch {file}", on = "local" }, _meta = new { progressToken = "p1" } });
        await DecideAsync(owner, file, "approvals_approve");
        var messages = await call;

        Assert.Equal("done", McpClientSession.Status(messages[^1]["result"]!));
        Assert.True(File.Exists(file));
        Assert.Contains(messages, m => (string?)m["method"] == "notifications/progress" && (string?)m["params"]!["progressToken"] == "p1");
    }

    [Fact]
    public async Task A_client_that_does_not_want_to_wait_gets_the_id_and_looks_later()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner(), "?wait=false");
        using var owner = gateway.Owner();
        var file = Path.Combine(gateway.Workspace, "made-later");
        var waiting = await session.CallAsync("run", new { command_line = $"touch {file}", on = "local" });
        var id = (string)waiting["structuredContent"]!["invocation"]!;
        var still = await session.CallAsync("invocation", new { id, wait = "1s" });
        await DecideAsync(owner, file, "approvals_approve");
        var done = await session.CallAsync("invocation", new { id, wait = "50s" });

        Assert.Equal("waiting", McpClientSession.Status(waiting));
        Assert.NotNull((string?)waiting["structuredContent"]!["approval"]);
        Assert.Contains(id, McpClientSession.Text(waiting), StringComparison.Ordinal);
        Assert.False((bool?)waiting["isError"] ?? false);
        Assert.Equal("waiting", McpClientSession.Status(still));
        Assert.Equal("done", McpClientSession.Status(done));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task What_people_deny_is_refused_and_does_not_run()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner(), "?wait=10m");
        using var owner = gateway.Owner();
        var file = Path.Combine(gateway.Workspace, "never-made");
        var call = session.CallAsync("run", new { command_line = $"touch {file}", on = "local" });
        await DecideAsync(owner, file, "approvals_deny");

        Assert.Equal("refused", McpClientSession.Status(await call));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_call_that_its_client_cancels_is_stopped_whether_it_runs_or_waits()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner(), "?wait=10m");
        foreach (var line in (string[])["sleep 600", $"touch {Path.Combine(gateway.Workspace, "cancelled")}"])
        {
            var asked = JsonSerializer.SerializeToNode(session.Request("tools/call", new { name = "run", arguments = new { command_line = line, on = "local" } }))!;
            using var call = await session.PostAsync(asked);
            InvocationRow? open = null;
            await Until.TrueAsync(async () => (open = await OpenAsync(line)) is not null);
            using var told = await session.PostAsync(new { jsonrpc = "2.0", method = "notifications/cancelled", @params = new { requestId = (int)asked["id"]!, reason = "enough" } });

            Assert.Equal(HttpStatusCode.Accepted, told.StatusCode);
            await Until.TrueAsync(async () => (await RowAsync(open!.Id)).Status is not (InvocationStatus.Running or InvocationStatus.Waiting), what: line);
        }

        Assert.False(File.Exists(Path.Combine(gateway.Workspace, "cancelled")));
    }

    [Fact]
    public async Task Wrong_calls_are_answered_with_what_is_wrong_and_run_nothing()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        foreach (var (tool, arguments, says) in ((string, object, string)[])
        [
            ("audit_lits", new { }, "'audit_list'"),
            ("run", new { command_line = new[] { "rm", "-rf" }, on = "local" }, "'command_line' must be a text, not a list"),
            ("run", new { command_line = "true", on = "local", parallel = "many" }, "parallel"),
            ("run", new { command_line = "true", on = "local", comand_line = "true" }, "'comand_line' is not a parameter of run"),
            ("approvals_approve", new { id = "ABCDEF" }, "a person's own decision"),
            ("invocation", new { id = "01nothing" }, "no such invocation"),
        ])
        {
            var answer = await session.CallAsync(tool, arguments);
            Assert.True((bool)answer["isError"]!, tool);
            Assert.Equal("refused", McpClientSession.Status(answer));
            Assert.Contains(says, McpClientSession.Text(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ten_megabytes_of_arguments_are_refused_and_the_session_goes_on()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        var status = HttpStatusCode.RequestEntityTooLarge;
        try
        {
            using var answer = await session.PostAsync(session.Request("tools/call", new { name = "run", arguments = new { command_line = new string('x', 10_000_000), on = "local" } }));
            status = answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The listener closes a connection that goes on sending what nobody reads.
        }

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Equal("done", McpClientSession.Status(await session.CallAsync("nodes", new { })));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{ "jsonrpc": "2.0", "id": 7, "id": 8, "method": "tools/list" }""")]
    public async Task What_is_no_message_is_refused_with_a_sentence(string body)
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        using var answer = await session.SendAsync(HttpMethod.Post, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.EndsWith(".", (string?)(await JsonNode.ParseAsync(await answer.Content.ReadAsStreamAsync()))!["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_for_the_credential_that_began_it()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        using var other = gateway.Client(await gateway.TokenAsync("vic", TimeSpan.FromHours(1)));
        using var request = new HttpRequestMessage(HttpMethod.Post, McpClientSession.Path) { Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Mcp-Session-Id", session.Id);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var answer = await other.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_sent_away()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";
        using var evil = await session.SendAsync(HttpMethod.Post, List, origin: "http://evil.example");
        using var none = await session.SendAsync(HttpMethod.Post, List, origin: "null");
        using var own = await session.SendAsync(HttpMethod.Post, List, origin: gateway.Host.Record.Url);

        Assert.Equal(HttpStatusCode.Forbidden, evil.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, none.StatusCode);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_its_client_says_so_and_when_its_token_is_taken_away()
    {
        var sessions = gateway.Host.Services.GetRequiredService<McpSessions>();
        using var ended = await McpClientSession.BeginAsync(gateway.Owner());
        using var end = await ended.SendAsync(HttpMethod.Delete, null);
        using var after = await ended.PostAsync(ended.Request("tools/list"));

        var token = await gateway.TokenAsync("vic", TimeSpan.FromHours(1));
        using var revoked = await McpClientSession.BeginAsync(gateway.Client(token));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        await gateway.Host.Services.GetRequiredService<IStore>().WriteAsync(s => s.Credentials.Remove(hash), CancellationToken.None);
        await sessions.LookAsync(CancellationToken.None);
        using var refused = await revoked.PostAsync(revoked.Request("tools/list"));

        Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task After_outside_text_was_read_a_call_carries_where_it_came_from()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner(), "?wait=false");
        var before = await session.CallAsync("run", new { command_line = Change, on = "local" });
        await session.CallAsync("run", new { command_line = "echo do what I say", on = "local" });
        var after = await session.CallAsync("run", new { command_line = Change, on = "local" });

        Assert.Null((await RowAsync((string)before["structuredContent"]!["invocation"]!)).TaintedBy);
        Assert.Contains("echo", (await RowAsync((string)after["structuredContent"]!["invocation"]!)).TaintedBy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_that_is_being_told_when_a_call_ends_never_costs_its_answer()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        for (var i = 0; i < 100; i++)
        {
            var said = await session.AskAsync("tools/call", new { name = "run", arguments = new { command_line = $"echo {i}", on = "local" }, _meta = new { progressToken = i } });
            Assert.Contains($"{i}", McpClientSession.Text(said[^1]["result"]!), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_person_has_a_bounded_number_of_sessions()
    {
        var token = await gateway.TokenAsync("mia", TimeSpan.FromHours(1));
        var sessions = new List<McpClientSession>();
        for (var i = 0; i < McpBounds.SessionsOfOne; i++) sessions.Add(await McpClientSession.BeginAsync(gateway.Client(token)));
        using var more = new McpClientSession(gateway.Client(token));
        using var answer = await more.PostAsync(more.Request("initialize", new { protocolVersion = "2025-06-18", capabilities = new { }, clientInfo = new { name = "a test", version = "1" } }));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        foreach (var session in sessions)
        {
            using var end = await session.SendAsync(HttpMethod.Delete, null);
            Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
            session.Dispose();
        }
    }

    private async Task DecideAsync(HttpClient owner, string names, string tool)
    {
        string? approval = null;
        await Until.TrueAsync(async () => (approval = (await OpenAsync(names))?.ApprovalId) is not null, what: $"{names} waits");
        var (_, decided) = await GatewayFixture.CallAsync(owner, tool, JsonSerializer.Serialize(new { arguments = new { id = approval } }));
        Assert.Equal("done", decided.GetProperty("status").GetString());
    }

    private Task<InvocationRow?> OpenAsync(string names) => gateway.Host.Services.GetRequiredService<IStore>().ReadAsync(
        s => ((InvocationStatus[])[InvocationStatus.Waiting, InvocationStatus.Running]).SelectMany(w => s.Invocations.InStatus(w, 100)).FirstOrDefault(r => r.ArgumentsJson.Contains(names, StringComparison.Ordinal)),
        CancellationToken.None);

    private Task<InvocationRow> RowAsync(string id) => gateway.Host.Services.GetRequiredService<IStore>().ReadAsync(s => s.Invocations.Find(id)!, CancellationToken.None);
}
