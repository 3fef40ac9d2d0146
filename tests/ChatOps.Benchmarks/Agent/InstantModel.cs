using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Benchmarks.Agent;

/// <summary>A model without a moment's thought, in OpenAI's wire format, streamed: it calls three tools one after the other, then answers.</summary>
internal sealed class InstantModel : IAsyncDisposable
{
    /// <summary>The tools, in order.</summary>
    public static readonly string[] Tools = ["whoami", "nodes", "approvals_list"];

    /// <summary>How its answers begin.</summary>
    public const string FirstWord = "Firstword";

    private readonly WebApplication app;
    private long firstToken;

    private InstantModel(WebApplication app) => this.app = app;

    /// <summary>The root of its service.</summary>
    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1";

    /// <summary>How long it thinks behind the first word of an answer.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>The body of the last request that was answered in words.</summary>
    public byte[] LastBody { get; private set; } = [];

    /// <summary>When it sent the first word of its last answer.</summary>
    public long FirstToken => Interlocked.Read(ref firstToken);

    /// <summary>Starts it.</summary>
    public static async Task<InstantModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var model = new InstantModel(app);
        app.MapPost("/v1/chat/completions", model.AnswerAsync);
        await app.StartAsync();
        return model;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        using var json = JsonDocument.Parse(body.ToArray());
        var roles = json.RootElement.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("role").GetString()).ToList();
        var called = roles.Skip(roles.LastIndexOf("user") + 1).Count(r => r == "tool");
        context.Response.ContentType = "text/event-stream";
        if (called < Tools.Length && Pause == TimeSpan.Zero)
        {
            await SayAsync(context, string.Create(CultureInfo.InvariantCulture,
                $"{{\"role\":\"assistant\",\"tool_calls\":[{{\"index\":0,\"id\":\"call-{called}\",\"type\":\"function\",\"function\":{{\"name\":\"{Tools[called]}\",\"arguments\":\"{{}}\"}}}}]}}"), null);
            await SayAsync(context, "{}", "tool_calls");
        }
        else
        {
            LastBody = body.ToArray();
            Interlocked.Exchange(ref firstToken, Stopwatch.GetTimestamp());
            await SayAsync(context, $"{{\"role\":\"assistant\",\"content\":\"{FirstWord} \"}}", null);
            if (Pause > TimeSpan.Zero) await Task.Delay(Pause, TimeProvider.System);
            await SayAsync(context, "{\"content\":\"and the rest.\"}", null);
            await SayAsync(context, "{}", "stop");
        }

        await context.Response.WriteAsync("data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"instant\",\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10,\"total_tokens\":110}}\n\ndata: [DONE]\n\n");
    }

    private static async Task SayAsync(HttpContext context, string delta, string? finish)
    {
        var end = finish is null ? "null" : $"\"{finish}\"";
        await context.Response.WriteAsync($"data: {{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"instant\",\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":{end}}}]}}\n\n");
        await context.Response.Body.FlushAsync();
    }
}
