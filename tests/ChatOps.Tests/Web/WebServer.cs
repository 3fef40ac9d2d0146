using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Web;

/// <summary>A server on loopback that answers what the test says, and remembers what it was asked.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebServer(WebApplication app) => this.app = app;

    public ConcurrentQueue<string> Asked { get; } = new();

    public Uri Root => new(app.Urls.Single() + "/");

    public int Port => Root.Port;

    public static async Task<WebServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new WebServer(builder.Build());
        server.app.Run(context =>
        {
            server.Asked.Enqueue(context.Request.Method + " " + context.Features.Get<IHttpRequestFeature>()!.RawTarget);
            return answer(context);
        });
        await server.app.StartAsync();
        return server;
    }

    public static Task SayAsync(HttpContext context, string type, string text, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
