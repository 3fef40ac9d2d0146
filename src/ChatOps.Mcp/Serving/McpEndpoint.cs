using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOps.Identity;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ChatOps.Mcp.Serving;

/// <summary>
/// <c>/mcp</c>: the streamable HTTP transport. Who calls was looked up before anything comes here; here a browser's page is sent away, a session is bound to its
/// credential, and what is read is bounded. Message by message the protocol itself is the library's.
/// </summary>
/// <param name="sessions">The sessions.</param>
/// <param name="origins">Which pages may call.</param>
/// <param name="life">Says when the gateway stops: an open stream must not hold it.</param>
internal sealed class McpEndpoint(McpSessions sessions, OriginCheck origins, IHostApplicationLifetime life)
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string VersionHeader = "MCP-Protocol-Version";
    private const string EventStream = "text/event-stream";

    /// <summary>The revisions that have sessions, which this is built on; a client that speaks a later one as well falls back.</summary>
    private static readonly string[] Versions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = McpBounds.JsonDepth, AllowDuplicateProperties = false };

    /// <summary>Takes a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="actor">Who calls.</param>
    /// <param name="principal">As whom.</param>
    public Task HandleAsync(HttpContext context, Actor actor, string principal)
    {
        var caller = new McpCaller(actor, principal, TokenHash(context.Request));
        if (!origins.Allows(context.Request)) return RefuseAsync(context, StatusCodes.Status403Forbidden, "A page of another origin has no business here.");
        if (context.Request.Headers[VersionHeader] is [{ } version] && !Versions.Contains(version))
            return RefuseAsync(context, StatusCodes.Status400BadRequest, $"Protocol version not supported. Supported: {string.Join(", ", Versions)}, beginning with initialize.");
        return context.Request.Method switch
        {
            "POST" => PostAsync(context, caller),
            "GET" => ListenAsync(context, caller),
            "DELETE" => EndAsync(context, caller),
            _ => RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "POST a message, GET the stream, or DELETE the session."),
        };
    }

    private async Task PostAsync(HttpContext context, McpCaller caller)
    {
        if (!context.Request.HasJsonContentType())
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.");
            return;
        }

        if (!Accepts(context.Request, EventStream))
        {
            await RefuseAsync(context, StatusCodes.Status406NotAcceptable, "The client must accept application/json and text/event-stream.");
            return;
        }

        var (message, problem) = await ReadAsync(context);
        if (message is null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, problem!, code: -32700);
            return;
        }

        if (await SessionAsync(context, caller, message) is not { } session) return;
        using var use = session.Begin();
        context.Response.Headers[SessionHeader] = session.Id;
        Stream(context.Response);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, session.Ending);
        try
        {
            if (await session.Transport.HandlePostRequestAsync(message, context.Response.Body, either.Token)) return;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return;
            await RefuseAsync(context, StatusCodes.Status404NotFound, "The session has ended.");
            return;
        }

        context.Response.ContentType = null;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task ListenAsync(HttpContext context, McpCaller caller)
    {
        if (!Accepts(context.Request, EventStream))
        {
            await RefuseAsync(context, StatusCodes.Status406NotAcceptable, "The client must accept text/event-stream.");
            return;
        }

        if (await KnownAsync(context, caller) is not { } session) return;
        if (!session.TryListen())
        {
            await RefuseAsync(context, StatusCodes.Status409Conflict, "This session has its stream already.");
            return;
        }

        using var use = session.Begin();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, session.Ending, life.ApplicationStopping);
        try
        {
            Stream(context.Response);
            await context.Response.Body.FlushAsync(either.Token);
            await session.Transport.HandleGetRequestAsync(context.Response.Body, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client or the session has gone.
        }
        finally
        {
            session.StopListening();
        }
    }

    private async Task EndAsync(HttpContext context, McpCaller caller)
    {
        if (await KnownAsync(context, caller) is not { } session) return;
        await sessions.EndAsync(session, "its client ended it");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<McpSession?> SessionAsync(HttpContext context, McpCaller caller, JsonRpcMessage message)
    {
        if (context.Request.Headers[SessionHeader].Count > 0) return await KnownAsync(context, caller);
        if (message is not JsonRpcRequest { Method: RequestMethods.Initialize })
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"The header {SessionHeader} is missing. A session begins with initialize.");
            return null;
        }

        if (!TryWait(context.Request, out var wait))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"'wait' must be false, or a duration of at most {McpBounds.LongestWait.TotalMinutes:0}m such as 50s.");
            return null;
        }

        if (sessions.Begin(caller, wait, out var problem) is { } session) return session;
        context.Response.Headers.RetryAfter = "60";
        await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, problem!);
        return null;
    }

    private async Task<McpSession?> KnownAsync(HttpContext context, McpCaller caller)
    {
        if (context.Request.Headers[SessionHeader] is [{ } id] && sessions.Find(id, caller) is { } session) return session;
        await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such session: it has ended, or is somebody else's. Begin one with initialize.", code: -32001);
        return null;
    }

    private static async Task<(JsonRpcMessage? Message, string? Problem)> ReadAsync(HttpContext context)
    {
        try
        {
            // As a document first: the library's own reader takes a name that is there twice.
            using var document = await JsonDocument.ParseAsync(context.Request.Body, Strict, context.RequestAborted);
            return document.Deserialize<JsonRpcMessage>(McpJsonUtilities.DefaultOptions) is { } message
                ? (message, null)
                : (null, "The body must be one JSON-RPC message.");
        }
        catch (JsonException)
        {
            return (null, "The body is not one valid JSON-RPC message.");
        }
    }

    private static bool TryWait(HttpRequest request, out TimeSpan? wait)
    {
        wait = null;
        if (request.Query["wait"] is not [{ } text]) return true;
        if (text is "false" or "0" or "0s")
        {
            wait = TimeSpan.Zero;
            return true;
        }

        if (!ArgumentText.TryDuration(text, out var given) || given > McpBounds.LongestWait) return false;
        wait = given;
        return true;
    }

    private static bool Accepts(HttpRequest request, string type) => request.GetTypedHeaders().Accept is { } accepted
        && accepted.Any(a => a.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) || a.MatchesAllTypes);

    private static void Stream(HttpResponse response)
    {
        response.ContentType = EventStream;
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentEncoding = "identity";
    }

    private static string TokenHash(HttpRequest request) => AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Parameter is { } token
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))
        : throw new InvalidOperationException("The endpoint was reached without a token.");

    /// <summary>Says no as the transport does: a JSON-RPC error without an id.</summary>
    public static async Task RefuseAsync(HttpContext context, int status, string message, int code = -32000)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Remove("Content-Encoding");
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { jsonrpc = "2.0", id = (string?)null, error = new { code, message } }, JsonOptions), context.RequestAborted);
    }

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
