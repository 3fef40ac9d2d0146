using System.Text.Json.Nodes;
using ChatOps.EndToEnd.CommandLine;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;

namespace ChatOps.EndToEnd.Mcp;

/// <summary>A client that nobody here wrote uses the tools: over standard input and output, and over HTTP.</summary>
public sealed class McpClientTests(RunningGatewayFixture running) : IClassFixture<RunningGatewayFixture>
{
    // A stop that waits for what is open gives it 30 seconds.
    private static readonly TimeSpan PatienceOfAStop = TimeSpan.FromSeconds(25);

    public static TheoryData<string> Ways => ["stdio", "http"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_client_finds_the_tools_and_reads_with_them(string way)
    {
        await using var client = await ConnectAsync(way);
        var tools = await client.ToolsAsync();
        var answer = await client.CallAsync("run", new { command_line = "echo hello from a client", on = "local" });

        Assert.Equal("chatops", (string?)client.Connected["server"]?["name"]);
        Assert.Contains(tools, t => (string?)t["name"] == "run");
        Assert.All(tools, t => Assert.Equal("object", (string?)t["inputSchema"]!["type"]));
        Assert.Equal("done", Status(answer));
        Assert.Contains("hello from a client", Text(answer), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_change_is_decided_by_people_while_the_client_is_told_that_it_waits(string way)
    {
        await using var client = await ConnectAsync(way);
        var file = running.Folder.In($"by-{way}");
        var call = client.Call("run", new { command_line = $"touch {file}", on = "local" });
        var progress = await client.NextAsync(a => a["progress"]?.GetValue<int>() == call);
        Assert.False(File.Exists(file));
        await ApproveAsync(file);
        var answer = await client.EndOf(call);

        Assert.Contains("wait", (string)progress["message"]!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("done", Status(answer));
        Assert.True(File.Exists(file));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_client_that_asks_so_is_answered_at_once_with_the_id(string way)
    {
        await using var client = await ConnectAsync(way, wait: false);
        var file = running.Folder.In($"later-{way}");
        var waiting = await client.CallAsync("run", new { command_line = $"touch {file}", on = "local" });
        await ApproveAsync(file);
        var done = await client.CallAsync("invocation", new { id = (string)waiting["result"]!["structuredContent"]!["invocation"]!, wait = "50s" });

        Assert.Equal("waiting", Status(waiting));
        Assert.Equal("done", Status(done));
        Assert.True(File.Exists(file));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_a_client_cancels_is_stopped(string way)
    {
        await using var client = await ConnectAsync(way);
        var seconds = way == "stdio" ? "601" : "602";
        var call = client.Call("run", new { command_line = $"sleep {seconds}", on = "local" });
        JsonNode? found = null;
        async Task<string?> OutcomeAsync()
        {
            var records = (await running.Gateway.CallAsync("audit_list", new { tool = "run", limit = 50 }))["result"]!.ToJsonString();
            found = JsonNode.Parse(records);
            return records.Contains($"sleep {seconds}", StringComparison.Ordinal) ? records : null;
        }

        await Until.TrueAsync(async () => await OutcomeAsync() is not null, () => $"sleep {seconds} begins: {found?.ToJsonString()}");
        client.Cancel(call);
        var answer = await client.EndOf(call);

        Assert.Contains("enough", (string)answer["error"]!, StringComparison.Ordinal);
        await Until.TrueAsync(() => Task.FromResult(!Sleeps(seconds)), () => $"sleep {seconds} is stopped");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Too_much_is_refused_and_the_client_goes_on(string way)
    {
        await using var client = await ConnectAsync(way);
        var answer = await client.CallAsync("run", new { command_line = new string('x', 10_000_000), on = "local" });
        var unknown = await client.CallAsync("rnu", new { });
        var next = await client.CallAsync("nodes", new { });

        Assert.NotNull((string?)answer["error"]);
        Assert.Contains("Did you mean 'run'", Text(unknown), StringComparison.Ordinal);
        Assert.Equal("done", Status(next));
    }

    [Fact]
    public async Task The_card_of_a_call_comes_into_the_conversation_that_is_set_for_it_and_is_decided_there()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, environment: new Dictionary<string, string> { ["CHATOPS__Mcp__Conversation"] = "web/owner.production" });
        using var chat = await Chat.OpenAsync(gateway, "production");
        await using var client = await SdkClient.HttpAsync(gateway, "?wait=10m");
        var call = client.Call("run", new { command_line = $"touch {folder.In("asked-in-chat")}", on = "local" });

        await chat.HearsAsync("asked-in-chat");
        Assert.False(File.Exists(folder.In("asked-in-chat")));
        var id = (string)(await gateway.CallAsync("approvals_list", new { }))["result"]!.AsArray().Single()!["id"]!;
        Assert.Contains(id, chat.Heard, StringComparison.Ordinal);
        await chat.SayAsync($"/approve {id}");

        Assert.Equal("done", Status(await client.EndOf(call)));
        Assert.True(File.Exists(folder.In("asked-in-chat")));
    }

    [Fact]
    public async Task A_gateway_that_was_restarted_is_found_again()
    {
        using var folder = new TempFolder();
        await using var first = await GatewayProcess.StartAsync(folder.Data);
        await using var client = await SdkClient.StdioAsync("--data", folder.Data, "mcp");
        Assert.Equal("done", Status(await client.CallAsync("nodes", new { })));
        var stopping = System.Diagnostics.Stopwatch.StartNew();
        await first.StopAsync();
        Assert.True(stopping.Elapsed < PatienceOfAStop, $"The client's open stream held the gateway for {stopping.Elapsed}.");
        await using var second = await GatewayProcess.StartAsync(folder.Data);

        Assert.Equal("done", Status(await client.CallAsync("nodes", new { })));
    }

    [Fact]
    public async Task Without_a_gateway_the_command_is_one_and_other_commands_use_it()
    {
        using var folder = new TempFolder();
        await using var client = await SdkClient.StdioAsync("--data", folder.Data, "mcp", "--no-wait");
        var waiting = await client.CallAsync("run", new { command_line = $"touch {folder.In("alone")}", on = "local" });
        var approved = await new Commands(folder.Data).RunAsync("approvals", "approve", (string)waiting["result"]!["structuredContent"]!["approval"]!);
        var done = await client.CallAsync("invocation", new { id = (string)waiting["result"]!["structuredContent"]!["invocation"]!, wait = "50s" });

        Assert.Contains("No gateway runs here", client.Errors, StringComparison.Ordinal);
        Assert.Equal("waiting", Status(waiting));
        Assert.Equal(0, approved.ExitCode);
        Assert.Equal("done", Status(done));
        Assert.True(File.Exists(folder.In("alone")));
    }

    [Fact]
    public async Task A_client_with_a_wrong_token_is_not_let_in()
    {
        using var stranger = new HttpClient();
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "chatops_not-one-of-ours");
        using var answer = await stranger.PostAsJsonAsync(new Uri(running.Gateway.Address, "/mcp"), new { });
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Task<SdkClient> ConnectAsync(string way, bool wait = true) => way == "http"
        ? SdkClient.HttpAsync(running.Gateway, wait ? "?wait=10m" : "?wait=false")
        : SdkClient.StdioAsync(wait ? ["--data", running.Folder.Data, "mcp", "--wait", "10m"] : ["--data", running.Folder.Data, "mcp", "--no-wait"]);

    private async Task ApproveAsync(string names)
    {
        string? approval = null;
        JsonNode? listed = null;
        await Until.TrueAsync(
            async () =>
            {
                listed = (await running.Gateway.CallAsync("approvals_list", new { }))["result"];
                approval = (string?)(listed as JsonArray)?.FirstOrDefault(a => a!.ToJsonString().Contains(names, StringComparison.Ordinal))?["id"];
                return approval is not null;
            },
            () => $"{names} waits: {listed?.ToJsonString()}");
        await running.Gateway.CallAsync("approvals_approve", new { id = approval });
    }

    private static bool Sleeps(string seconds) => System.Diagnostics.Process.GetProcessesByName("sleep").Any(p =>
    {
        using (p)
        {
            try
            {
                return File.ReadAllText($"/proc/{p.Id}/cmdline").Contains(seconds, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        }
    });

    private static string Text(JsonNode answer) => string.Join('\n', answer["result"]!["content"]!.AsArray().Select(c => (string)c!["text"]!));

    private static string Status(JsonNode answer) => (string?)answer["result"]?["structuredContent"]?["status"] ?? answer.ToJsonString();
}
