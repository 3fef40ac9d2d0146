using ChatOps.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Host.Http;

/// <summary><c>/webhooks/…</c>: hands what platforms send to their channels as raw bytes. Who calls is proved by the channel alone; here sizes, times and numbers are bounded, before anything is read.</summary>
internal static class WebhookEndpoints
{
    private const int FirstBuffer = 8 * 1024;

    /// <summary>Maps them.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.ServiceProvider.GetServices<IWebhook>().ToList();
        if (webhooks.Count == 0) return;
        var places = new SemaphoreSlim(GatewayLimits.WebhooksAtOnce);
        app.Map("/webhooks/{**path}", (HttpContext context, string? path) => ReceiveAsync(context, webhooks, places, path ?? ""))
            .AllowAnonymous().WithRequestTimeout(new RequestTimeoutPolicy { Timeout = GatewayLimits.Webhook });
    }

    private static async Task ReceiveAsync(HttpContext context, IReadOnlyList<IWebhook> webhooks, SemaphoreSlim places, string path)
    {
        if (webhooks.FirstOrDefault(w => PathOf(w) == path) is not { } webhook)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A platform calls again; a late answer would be worse than an early no.
        if (!await places.WaitAsync(TimeSpan.Zero, context.RequestAborted))
        {
            context.Response.Headers.RetryAfter = "1";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            await AnswerAsync(context, webhook);
        }
        finally
        {
            places.Release();
        }
    }

    // Asked at every call: a path that is made from a secret changes with it, and is none while the secret cannot be had.
    private static string? PathOf(IWebhook webhook)
    {
        try
        {
            return webhook.Path;
        }
        catch (ChannelFatalException)
        {
            return null;
        }
    }

    private static async Task AnswerAsync(HttpContext context, IWebhook webhook)
    {
        if (await ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value.AsEnumerable()), StringComparer.OrdinalIgnoreCase);
        var answer = await webhook.ReceiveAsync(new WebhookRequest(context.Request.Method.ToUpperInvariant(), headers, body), context.RequestAborted);
        context.Response.StatusCode = answer.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (answer.ContentType is { } type) context.Response.ContentType = type;
        context.Response.ContentLength = answer.Body.Length;
        if (answer.Body.Length > 0) await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > WebhookRequest.MaxBody) return null;
        var buffer = new byte[request.ContentLength is { } known ? (int)known + 1 : FirstBuffer];
        var length = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) return buffer.AsMemory(0, length);
            length += read;
            if (length > WebhookRequest.MaxBody) return null;
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(2 * buffer.Length, WebhookRequest.MaxBody + 1));
        }
    }
}
