using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ChatOps.Testing.Models;

/// <summary>
/// A model on loopback that speaks OpenAI's chat completions (<c>/v1/chat/completions</c>) and Anthropic's messages (<c>/v1/messages</c>), streamed or not, and says what its script says.
/// It is as strict as the services: unknown fields, calls without results, results without calls, results in a wrong order and a wrong key are refused, and noted in <see cref="Violations"/>.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private const int MaxRequest = 64 * 1024 * 1024;

    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<ModelReply> script = new();
    private readonly ConcurrentQueue<ModelAsked> requests = new();
    private readonly ConcurrentQueue<string> violations = new();
    private int answers;
    private int open;

    private ModelServer(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = MaxRequest;
            k.Listen(IPAddress.Loopback, port, l => l.Protocols = HttpProtocols.Http1);
        });
        app = builder.Build();
        app.Run(ServeAsync);
    }

    /// <summary>The key that it wants.</summary>
    public string Key { get; set; } = "sk-loopback-0123456789abcdefghijklmn";

    /// <summary>Whether it wants a key at all.</summary>
    public bool NeedsKey { get; set; } = true;

    /// <summary>What it says when the script is at its end. Default: that it is.</summary>
    public Func<ModelAsked, ModelReply> Otherwise { get; set; } = static _ => ModelReply.Say("The script is at its end.");

    /// <summary>Its root: <c>BaseUrl</c> for <c>anthropic</c>.</summary>
    public string Root => app.Urls.First();

    /// <summary><c>BaseUrl</c> for <c>openai</c> and its like.</summary>
    public string OpenAiUrl => Root + "/v1";

    /// <summary>Every request that was not refused for its form or key, in order.</summary>
    public IReadOnlyList<ModelAsked> Requests => [.. requests];

    /// <summary>Every request that was.</summary>
    public IReadOnlyList<string> Violations => [.. violations];

    /// <summary>Requests that are under way.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Starts one.</summary>
    /// <param name="replies">What it says, in order.</param>
    public static Task<ModelServer> StartAsync(params ModelReply[] replies) => StartAsync(0, replies);

    /// <summary>Starts one at a port.</summary>
    public static async Task<ModelServer> StartAsync(int port, params ModelReply[] replies)
    {
        var server = new ModelServer(port);
        server.Say(replies);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Adds to the script.</summary>
    public void Say(params ModelReply[] replies)
    {
        foreach (var reply in replies) script.Enqueue(reply);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.DisposeAsync();
        stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref open);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        var isAnthropic = context.Request.Headers.ContainsKey("anthropic-version") || context.Request.Path.StartsWithSegments("/v1/messages");
        try
        {
            await AnswerAsync(context, isAnthropic, ended.Token);
        }
        catch (ModelRefusal refusal)
        {
            violations.Enqueue($"{context.Request.Path}: {refusal.Status} {refusal.Code}: {refusal.Message}");
            await RefuseAsync(context, isAnthropic, refusal.Status, refusal.Code, refusal.Message);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    private async Task AnswerAsync(HttpContext context, bool isAnthropic, CancellationToken cancellationToken)
    {
        CheckKey(context.Request, isAnthropic);
        var path = context.Request.Path.Value!;
        if (path == "/v1/models" && HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.WriteAsJsonAsync(new { @object = "list", data = new[] { new { id = "scripted", @object = "model", type = "model", display_name = "Scripted", created_at = "2026-01-01T00:00:00Z" } }, has_more = false, first_id = "scripted", last_id = "scripted" }, cancellationToken);
            return;
        }

        if (path != (isAnthropic ? "/v1/messages" : "/v1/chat/completions") || !HttpMethods.IsPost(context.Request.Method)) throw new ModelRefusal(404, "not_found", path);
        var asked = await ReadAsync(context.Request, path, cancellationToken);
        if (isAnthropic) AnthropicRules.Check(asked.Body);
        else OpenAiRules.Check(asked.Body);
        requests.Enqueue(asked);
        var reply = script.TryDequeue(out var next) ? next : Otherwise(asked);
        if (reply.Before is { } before) await before(cancellationToken);
        if (reply.Status != 200)
        {
            if (reply.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await RefuseAsync(context, isAnthropic, reply.Status, reply.Code ?? "scripted", "What the script says.");
            return;
        }

        var id = $"answer{Interlocked.Increment(ref answers)}";
        if (asked.Streams) await StreamAsync(context, asked, reply, id, isAnthropic, cancellationToken);
        else await WholeAsync(context, asked, reply, id, isAnthropic, cancellationToken);
    }

    private void CheckKey(HttpRequest request, bool isAnthropic)
    {
        if (!NeedsKey) return;
        var given = isAnthropic ? request.Headers["x-api-key"].ToString()
            : request.Headers.TryGetValue("api-key", out var azure) ? azure.ToString() : request.Headers.Authorization.ToString() is var bearer && bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer[7..] : "";

        // As OpenAI does, it repeats what it was given.
        if (given != Key) throw new ModelRefusal(401, "invalid_api_key", $"Incorrect API key provided: {given}.");
        if (isAnthropic && !request.Headers.ContainsKey("anthropic-version")) throw new ModelRefusal(400, "invalid_request_error", "anthropic-version: header is required");
    }

    private static async Task<ModelAsked> ReadAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType()) throw new ModelRefusal(415, "unsupported_media_type", request.ContentType ?? "no content type");
        try
        {
            var body = await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return new ModelAsked(path, body!.AsObject(), request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new ModelRefusal(400, "invalid_json", e.Message);
        }
    }

    private static async Task WholeAsync(HttpContext context, ModelAsked asked, ModelReply reply, string id, bool isAnthropic, CancellationToken cancellationToken)
    {
        var text = reply.Raw ?? (isAnthropic ? new AnthropicWire(id, asked, reply).Whole() : new OpenAiWire(id, asked, reply).Whole()).ToJsonString();
        context.Response.ContentType = "application/json";
        if (reply.AfterText is { } wait) await wait(cancellationToken);
        if (!reply.Cut)
        {
            await context.Response.WriteAsync(text, cancellationToken);
            return;
        }

        await context.Response.WriteAsync(text[..(text.Length / 2)], cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
        context.Abort();
    }

    private static async Task StreamAsync(HttpContext context, ModelAsked asked, ModelReply reply, string id, bool isAnthropic, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/event-stream";
        if (reply.Raw is { } raw)
        {
            await context.Response.WriteAsync(raw, cancellationToken);
            return;
        }

        var anthropic = new AnthropicWire(id, asked, reply);
        var openAi = new OpenAiWire(id, asked, reply);
        await WriteAsync(isAnthropic ? anthropic.TextPieces() : openAi.TextPieces());
        if (reply.AfterText is { } wait) await wait(cancellationToken);
        if (reply.Cut) context.Abort();
        else await WriteAsync(isAnthropic ? anthropic.RestPieces() : openAi.RestPieces());

        async Task WriteAsync(IEnumerable<string> pieces)
        {
            foreach (var piece in pieces)
            {
                await context.Response.WriteAsync(piece, cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
            }
        }
    }

    private static Task RefuseAsync(HttpContext context, bool isAnthropic, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return isAnthropic
            ? context.Response.WriteAsJsonAsync(new { type = "error", error = new { type = code, message } })
            : context.Response.WriteAsJsonAsync(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } });
    }
}
