using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>The gateway's listener, as far as webhooks go: raw bodies by their path.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookHost(Func<IWebhook> webhook)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(async context =>
        {
            if (context.Request.Path != "/webhooks/" + webhook().Path)
            {
                context.Response.StatusCode = 404;
                return;
            }

            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            context.Response.StatusCode = (await webhook().ReceiveAsync(new WebhookRequest(context.Request.Method, headers, body.ToArray()), context.RequestAborted)).Status;
        });
    }

    public Uri PublicUrl => new(app.Urls.First());

    public static async Task<WebhookHost> StartAsync(Func<IWebhook> webhook)
    {
        var host = new WebhookHost(webhook);
        await host.app.StartAsync();
        return host;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
