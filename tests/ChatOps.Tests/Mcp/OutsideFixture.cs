using System.Net.Http.Headers;
using System.Text.Json;
using ChatOps.Host;
using ChatOps.Mcp;
using ChatOps.Outside;
using ChatOps.Testing;
using ChatOps.Testing.Mcp;
using ChatOps.Testing.Schemas;
using ChatOps.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Mcp;

/// <summary>The composed gateway with MCP servers: a program, one over HTTP, and one that is not there.</summary>
public sealed class OutsideFixture : IAsyncLifetime
{
    private const string Policy = """
        mcp:
          - { tools: [mcp_script_echo, mcp_script_environment, mcp_script_change, mcp_script_hang, mcp_script_die, mcp_script_flood, mcp_script_garbage, mcp_script_big, mcp_script_fail, mcp_script_names, mcp_http_weather], risk: read }
          - { tools: mcp_script_hang_slowly, risk: change }
          - { tools: mcp_script_wipe, risk: forbidden }
        """;

    private const string Access = """
        roles:
          helper:
            allow: [{ tool: mcp_script, on: all }]
        people:
          vic: { roles: [viewer] }
          hal: { roles: [helper] }
        """;

    private readonly TempDirectory directory = new();
    private GatewayHost? host;

    internal GatewayHost Host => host!;

    public HttpMcpServer Http { get; private set; } = null!;

    public string Data => directory["data"];

    internal IOutsideTools Outside => Host.Services.GetRequiredService<IOutsideTools>();

    public async ValueTask InitializeAsync()
    {
        Http = await HttpMcpServer.StartAsync();
        Directory.CreateDirectory(directory["workspace"]);
        await File.WriteAllTextAsync(directory["workspace/policy.yaml"], Policy);
        await File.WriteAllTextAsync(directory["workspace/access.yaml"], Access);
        var options = new ChatOpsOptions();
        options.Gateway.Urls = "http://127.0.0.1:0";
        options.Logging.Level = "Error";
        var script = Path.GetFullPath(RepositoryFiles.Of("tests/ChatOps.Testing/Mcp/server.mjs"));
        options.Mcp.Servers.Add(new OutsideServerOptions { Name = "script", Command = $"node '{script}'", Environment = ["PATH", "NO_SUCH_VARIABLE"], Timeout = TimeSpan.FromSeconds(3) });
        options.Mcp.Servers.Add(new OutsideServerOptions { Name = "http", Url = Http.Url, Token = HttpMcpServer.Token });
        options.Mcp.Servers.Add(new OutsideServerOptions { Name = "gone", Command = "/no/such/program" });
        host = await GatewayHost.StartAsync(new(GatewayMode.Gateway, options, new GatewayPlaces(null, directory["workspace"]), Data), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        await Http.DisposeAsync();
        directory.Dispose();
    }

    public HttpClient Owner()
    {
        var client = new HttpClient { BaseAddress = new Uri(Host.Record.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Host.Record.Key);
        return client;
    }

    /// <summary>Waits until a tool is in use.</summary>
    public Task UsableAsync(string name) => Until.TrueAsync(() => Outside.Find(name) is { WhyNot: null }, what: $"{name} is in use: {string.Join(" | ", Outside.Servers.Select(s => s.State))}");

    /// <summary>Calls a tool when it is in use.</summary>
    public async Task<JsonElement> CallAsync(string name, object arguments)
    {
        await UsableAsync(name);
        using var owner = Owner();
        return (await GatewayFixture.CallAsync(owner, name, JsonSerializer.Serialize(new { arguments }))).Body;
    }

    /// <summary>Approves what waits, and answers with its end.</summary>
    public async Task<JsonElement> ApprovedAsync(JsonElement waiting)
    {
        using var owner = Owner();
        var (_, decided) = await GatewayFixture.CallAsync(owner, "approvals_approve", JsonSerializer.Serialize(new { arguments = new { id = waiting.GetProperty("approval").GetString() } }));
        Assert.Equal("done", decided.GetProperty("status").GetString());
        JsonElement end = default;
        await Until.TrueAsync(async () =>
        {
            using var answer = await owner.GetAsync($"/api/invocations/{waiting.GetProperty("invocation").GetString()}?wait=5s");
            end = await GatewayFixture.ReadAsync(answer);
            return end.GetProperty("status").GetString() is not ("waiting" or "running");
        });
        return end;
    }
}
