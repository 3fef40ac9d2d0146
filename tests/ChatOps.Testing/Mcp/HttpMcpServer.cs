using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Testing.Mcp;

/// <summary>An MCP server on loopback that speaks streamable HTTP, strictly: token, accepted types, session and revision are looked at, and what is wrong is noted.</summary>
public sealed class HttpMcpServer : IAsyncDisposable
{
    private const string Session = "session-1";
    private const string Revision = "2025-06-18";
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> violations = new();

    private HttpMcpServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(ServeAsync);
    }

    /// <summary>The token that it wants.</summary>
    public const string Token = "loopback-token-0123456789";

    /// <summary>Where it is.</summary>
    public string Url => app.Urls.First() + "/mcp";

    /// <summary>What was asked in a wrong form.</summary>
    public IReadOnlyList<string> Violations => [.. violations];

    /// <summary>Starts one.</summary>
    public static async Task<HttpMcpServer> StartAsync()
    {
        var server = new HttpMcpServer();
        await server.app.StartAsync();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            Refuse(context, StatusCodes.Status401Unauthorized, "no token of ours");
            return;
        }

        if (context.Request.Method == "DELETE")
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (context.Request.Method != "POST")
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var accept = context.Request.Headers.Accept.ToString();
        if (!accept.Contains("application/json", StringComparison.Ordinal) || !accept.Contains("text/event-stream", StringComparison.Ordinal)) Note($"Accept: {accept}");
        var message = (await JsonNode.ParseAsync(context.Request.Body))!;
        var method = (string?)message["method"];
        if (method != "initialize" && method != "server/discover")
        {
            if (context.Request.Headers["Mcp-Session-Id"] != Session) Note($"{method} without its session");
            if (context.Request.Headers["MCP-Protocol-Version"] != Revision) Note($"{method} without its revision");
        }

        if (message["id"] is not { } id)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        context.Response.ContentType = "application/json";
        if (method == "initialize") context.Response.Headers["Mcp-Session-Id"] = Session;
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone() };
        if (Result(method, message["params"]) is { } result) answer["result"] = result;
        else answer["error"] = new JsonObject { ["code"] = -32601, ["message"] = $"no {method}" };
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private static JsonObject? Result(string? method, JsonNode? parameters) => method switch
    {
        "initialize" => new JsonObject { ["protocolVersion"] = Revision, ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() }, ["serverInfo"] = new JsonObject { ["name"] = "http", ["version"] = "1" } },
        "tools/list" => new JsonObject { ["tools"] = new JsonArray(new JsonObject { ["name"] = "weather", ["description"] = "The weather of a city.", ["inputSchema"] = JsonNode.Parse("""{ "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] }""") }) },
        "tools/call" => new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = $"sunny in {(string?)parameters!["arguments"]!["city"]}" }) },
        "ping" => [],
        _ => null,
    };

    private void Refuse(HttpContext context, int status, string what)
    {
        Note(what);
        context.Response.StatusCode = status;
    }

    private void Note(string what) => violations.Enqueue(what);
}
