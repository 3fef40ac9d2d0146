using System.Collections.Frozen;
using System.Globalization;
using ChatOps.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Host.Http;

/// <summary><c>/webhooks/…</c>: hands what platforms call to the channel that knows how to believe it. Bounded in size and number; anonymous, because each proves its caller itself.</summary>
internal static class WebhookEndpoints
{
    private static readonly string RetryAfterSeconds = 1.ToString(CultureInfo.InvariantCulture);

    /// <summary>Maps them.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.ServiceProvider.GetServices<IWebhook>().ToFrozenDictionary(w => w.Path, StringComparer.Ordinal);
        if (webhooks.Count == 0) return;
        var room = new SemaphoreSlim(GatewayLimits.WebhooksAtOnce);
        app.MapMethods("/webhooks/{**path}", ["GET", "POST"], (string path, HttpContext context) =>
            webhooks.TryGetValue(path, out var webhook) ? ReceiveAsync(webhook, room, context) : NotFound(context)).AllowAnonymous();
    }

    private static async Task ReceiveAsync(IWebhook webhook, SemaphoreSlim room, HttpContext context)
    {
        // Turned away at once rather than answered too late: the platform tries again.
        if (!await room.WaitAsync(TimeSpan.Zero, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return;
        }

        try
        {
            if (await ReadAsync(context) is not { } body)
            {
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return;
            }

            var headers = context.Request.Headers.ToFrozenDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var answer = await webhook.ReceiveAsync(new WebhookRequest(context.Request.Method.ToUpperInvariant(), headers, body), context.RequestAborted);
            context.Response.StatusCode = answer.Status;
            if (answer.ContentType is not null) context.Response.ContentType = answer.ContentType;
            context.Response.ContentLength = answer.Body.Length;
            if (answer.Body.Length > 0) await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
        finally
        {
            room.Release();
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > WebhookRequest.MaxBody) return null;
        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            if (body.Length + read > WebhookRequest.MaxBody) return null;
            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
