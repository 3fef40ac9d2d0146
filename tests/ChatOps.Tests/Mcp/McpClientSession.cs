using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Mcp;

/// <summary>A client of <c>/mcp</c> that writes the protocol's messages itself, so that a test sees every one of them.</summary>
internal sealed class McpClientSession(HttpClient client) : IDisposable
{
    public const string Path = "/mcp";
    private int last;

    public string? Id { get; private set; }

    public JsonNode? Began { get; private set; }

    /// <summary>Begins a session.</summary>
    public static async Task<McpClientSession> BeginAsync(HttpClient client, string query = "")
    {
        var session = new McpClientSession(client);
        using var answer = await session.PostAsync(session.Request(
            "initialize", new { protocolVersion = "2025-06-18", capabilities = new { }, clientInfo = new { name = "a test", version = "1" } }), query);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        session.Id = answer.Headers.GetValues("Mcp-Session-Id").Single();
        session.Began = (await MessagesAsync(answer)).Single()["result"];
        using var ready = await session.PostAsync(new { jsonrpc = "2.0", method = "notifications/initialized" });
        Assert.Equal(HttpStatusCode.Accepted, ready.StatusCode);
        return session;
    }

    public object Request(string method, object? parameters = null) => new { jsonrpc = "2.0", id = Interlocked.Increment(ref last), method, @params = parameters ?? new { } };

    public Task<HttpResponseMessage> PostAsync(object message, string query = "") => SendAsync(HttpMethod.Post, JsonSerializer.Serialize(message), query);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string? body, string query = "", string? origin = null)
    {
        var request = new HttpRequestMessage(method, Path + query);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (Id is not null) request.Headers.Add("Mcp-Session-Id", Id);
        if (origin is not null) request.Headers.Add("Origin", origin);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Asks, and answers with everything that came: notices first, the answer last.</summary>
    public async Task<IReadOnlyList<JsonNode>> AskAsync(string method, object? parameters = null)
    {
        using var answer = await PostAsync(Request(method, parameters));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await MessagesAsync(answer);
    }

    public async Task<IReadOnlyList<JsonNode>> ToolsAsync() => [.. (await AskAsync("tools/list"))[^1]["result"]!["tools"]!.AsArray().Select(t => t!)];

    public async Task<JsonNode> CallAsync(string tool, object arguments) => (await AskAsync("tools/call", new { name = tool, arguments }))[^1]["result"]!;

    public static async Task<IReadOnlyList<JsonNode>> MessagesAsync(HttpResponseMessage answer)
    {
        var messages = new List<JsonNode>();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync())
            if (item.Data.Length > 0) messages.Add(JsonNode.Parse(item.Data)!);
        return messages;
    }

    public static string Text(JsonNode result) => string.Join('\n', result["content"]!.AsArray().Select(c => (string)c!["text"]!));

    public static string Status(JsonNode result) => (string)result["structuredContent"]!["status"]!;

    public void Dispose() => client.Dispose();
}
