using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Testing.Slack;

/// <summary>
/// Slack on loopback: Web API, Socket Mode, uploads, downloads and response addresses, as strict as the real one. What the real one would only frown at (a late
/// acknowledgement, a call before its time, a block id kept over an edit) is in <see cref="Violations"/>. Faults are scripted by method.
/// </summary>
public sealed class SlackServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<SlackFault>> tape = new();
    private readonly ConcurrentQueue<SlackCall> calls = new();
    private readonly ConcurrentQueue<string> violations = new();
    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly WebApplication app;
    private readonly SlackWeb web;

    private SlackServer(WebApplication app, SlackWorkspace workspace)
    {
        this.app = app;
        Workspace = workspace;
        web = new SlackWeb(this);
        Sockets = new SlackSockets(this);
    }

    /// <summary>The bot token that is good.</summary>
    public string BotToken { get; set; } = "xoxb-1111-2222-loopbackbot";

    /// <summary>The app-level token that is good.</summary>
    public string AppToken { get; set; } = "xapp-1-A0APP-3333-loopbackapp";

    /// <summary>The signing secret.</summary>
    public string SigningSecret { get; set; } = "8f742231b10e8888abcd99yyyzzz85a5";

    /// <summary>What the bot token may do.</summary>
    public IReadOnlyList<string> Scopes { get; set; } =
        ["app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read", "files:write", "groups:history", "im:history", "im:write", "users:read"];

    /// <summary>The root of the Web API.</summary>
    public Uri ApiBase => new(Root, "api");

    /// <summary>Where the server is.</summary>
    public Uri Root { get; private set; } = null!;

    /// <summary>People, channels, messages.</summary>
    public SlackWorkspace Workspace { get; }

    /// <summary>Socket Mode.</summary>
    public SlackSockets Sockets { get; }

    /// <summary>Every call, in order.</summary>
    public IReadOnlyList<SlackCall> Calls => [.. calls];

    /// <summary>What a client must not do.</summary>
    public IReadOnlyList<string> Violations => [.. violations];

    /// <summary>Mentions that would have rung somebody.</summary>
    public IReadOnlyList<string> Rung => web.Rung;

    /// <summary>Starts one.</summary>
    public static async Task<SlackServer> StartAsync(SlackWorkspace? workspace = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        var app = builder.Build();
        var server = new SlackServer(app, workspace ?? new SlackWorkspace());
        app.MapPost("/api/{method}", (HttpContext context, string method) => server.CallAsync(context, method));
        app.MapPost("/upload/{file}", (HttpContext context, string file) => server.FaultedAsync(context, "upload", () => server.web.UploadAsync(context, file)));
        app.MapGet("/files/{file}", (HttpContext context, string file) => server.FaultedAsync(context, "download", () => server.web.DownloadAsync(context, file)));
        app.MapPost("/commands/{id}", (HttpContext context, string id) => server.FaultedAsync(context, "response_url", () => server.web.RespondAsync(context, id)));
        app.Map("/link", server.Sockets.AcceptAsync);
        await app.StartAsync();
        server.Root = new Uri(app.Urls.First());
        return server;
    }

    /// <summary>The next calls of a method go wrong so, one after the other. Besides methods: <c>upload</c>, <c>download</c>, <c>response_url</c>.</summary>
    public void Script(string method, params ReadOnlySpan<SlackFault> faults)
    {
        foreach (var fault in faults) tape.GetOrAdd(method, _ => new()).Enqueue(fault);
    }

    /// <summary>The calls of a method.</summary>
    public IReadOnlyList<SlackCall> CallsOf(string method) => [.. calls.Where(c => c.Method == method)];

    /// <summary>An address for five answers to a slash command.</summary>
    public string NewResponseAddress(string channel, string user) => web.NewResponseAddress(channel, user);

    /// <summary>A trigger for one modal within three seconds.</summary>
    public string NewTrigger(TimeSpan? goodFor = null) => web.NewTrigger(goodFor ?? TimeSpan.FromSeconds(3));

    /// <summary>The modals that were opened, newest last.</summary>
    public IReadOnlyList<JsonObject> Views => web.Views;

    public async ValueTask DisposeAsync()
    {
        await Sockets.CloseAsync();
        await app.DisposeAsync();
    }

    internal TimeSpan Now => Stopwatch.GetElapsedTime(begun);

    internal void Violate(string what) => violations.Enqueue(what);

    internal void Note(SlackCall call) => calls.Enqueue(call);

    private Task CallAsync(HttpContext context, string method) => FaultedAsync(context, method, () => web.CallAsync(context, method));

    private async Task FaultedAsync(HttpContext context, string method, Func<Task> serve)
    {
        var fault = tape.TryGetValue(method, out var faults) && faults.TryDequeue(out var next) ? next : null;
        if (fault is null)
        {
            await serve();
            return;
        }

        if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fault is { Drop: false, DropAnswer: false, Status: 0, Error: null })
        {
            await serve();
            return;
        }

        await web.FailAsync(context, method, fault, serve);
    }
}
