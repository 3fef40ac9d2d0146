using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Benchmarks.Slack;

/// <summary>As little of the Web API as answers both programs at once: it must never be what is measured.</summary>
internal sealed class FakeSlackApi : IAsyncDisposable
{
    private const string Account =
        """{"ok":true,"url":"https://bench.slack.com/","team":"Bench","user":"chatops","team_id":"T0BENCH","user_id":"U0BENCH","bot_id":"B0BENCH","is_enterprise_install":false}""";

    private readonly WebApplication app;
    private int posted;

    private FakeSlackApi(WebApplication app) => this.app = app;

    /// <summary>How many messages were posted.</summary>
    public int Posted => Volatile.Read(ref posted);

    /// <summary>The API's root.</summary>
    public Uri Root { get; private set; } = new("http://127.0.0.1");

    /// <summary>Starts it.</summary>
    public static async Task<FakeSlackApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new FakeSlackApi(app);
        app.MapPost("/api/{method}", (string method, HttpContext context) => api.AnswerAsync(method, context));
        app.MapGet("/api/{method}", (string method, HttpContext context) => api.AnswerAsync(method, context));
        await app.StartAsync();
        api.Root = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/api/");
        return api;
    }

    /// <summary>Forgets what was posted.</summary>
    public void Reset() => Volatile.Write(ref posted, 0);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(string method, HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.ContentType = "application/json; charset=utf-8";
        if (method == "auth.test") context.Response.Headers["x-oauth-scopes"] = "chat:write,app_mentions:read,im:history,commands";
        var answer = method switch
        {
            "auth.test" => Account,
            "chat.postMessage" => string.Create(CultureInfo.InvariantCulture, $"{{\"ok\":true,\"channel\":\"D0\",\"ts\":\"1700000000.{Interlocked.Increment(ref posted):000000}\"}}"),
            _ => """{"ok":true}""",
        };
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }
}
