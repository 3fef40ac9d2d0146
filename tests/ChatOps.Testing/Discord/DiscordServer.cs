using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Testing.Discord;

/// <summary>
/// Discord on loopback: REST v10, the gateway and the file server, as strict as the real one. It keeps what it is sent, so that a test can look at what people would see, and
/// plays a tape of faults.
/// </summary>
public sealed partial class DiscordServer : IAsyncDisposable
{
    public const string BotUser = "900000000000000001";
    public const string Application = "900000000000000002";
    public const string Guild = "800000000000000001";
    public const long MessageContentFlag = 1 << 19;

    private const long MaxFile = 10L * 1024 * 1024;
    private const long MaxRequest = 25L * 1024 * 1024;

    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly DiscordBuckets buckets;
    private readonly ConcurrentQueue<DiscordCall> calls = new();
    private readonly List<DiscordFault> tape = [];
    private readonly Lock gate = new();
    private readonly Dictionary<string, DiscordRoom> rooms = [];
    private readonly List<DiscordPost> posts = [];
    private readonly Dictionary<string, DiscordMade> interactions = [];
    private long lastId;

    private DiscordServer(TimeProvider time)
    {
        this.time = time;
        buckets = new DiscordBuckets(time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0);
            k.Limits.MaxRequestBodySize = MaxRequest + 4096;
        });
        builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(f => f.MultipartBodyLengthLimit = MaxRequest + 4096);
        app = builder.Build();
        app.UseWebSockets();
        app.Map("/gateway", GatewayAsync);
        app.Map("/cdn/{**path}", CdnAsync);
        app.Map("/api/v10/{**path}", RestAsync);
        rooms["700000000000000001"] = new DiscordRoom { Id = "700000000000000001", Type = 0, Name = "ops", Guild = Guild };
    }

    /// <summary>The first server channel.</summary>
    public static string Ops => "700000000000000001";

    /// <summary>The bot token that is accepted.</summary>
    public string Token { get; set; } = "MTIzNDU2Nzg5MDEyMzQ1Njc4.loopback.discord-secret-token-of-the-bot-0001";

    /// <summary>The application's flags; the content intent is on unless a test takes it away.</summary>
    public long ApplicationFlags { get; set; } = MessageContentFlag;

    /// <summary>Whether the bot is in the server.</summary>
    public bool InGuild { get; set; } = true;

    /// <summary>Calls of one bucket in a second.</summary>
    public int RateLimit
    {
        get => buckets.Limit;
        set => buckets.Limit = value;
    }

    /// <summary>The root for REST.</summary>
    public Uri ApiBase { get; private set; } = null!;

    /// <summary>All REST calls, in order.</summary>
    public IReadOnlyList<DiscordCall> Calls => [.. calls];

    /// <summary>Calls that sent text without saying whom it may call.</summary>
    public ConcurrentQueue<string> WithoutAllowedMentions { get; } = new();

    /// <summary>The commands that are registered, by scope (<c>global</c> or a server).</summary>
    public ConcurrentDictionary<string, JsonArray> Commands { get; } = new();

    /// <summary>Starts one.</summary>
    public static async Task<DiscordServer> StartAsync(TimeProvider? time = null)
    {
        var server = new DiscordServer(time ?? TimeProvider.System);
        await server.app.StartAsync();
        var address = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.ApiBase = new Uri(address.TrimEnd('/') + "/api/v10");
        return server;
    }

    /// <summary>Adds to the fault tape: each entry is played once, for the next call of its route.</summary>
    public void Fault(DiscordFault fault, int times = 1)
    {
        lock (gate) tape.AddRange(Enumerable.Repeat(fault, times));
    }

    /// <summary>How often a route was called.</summary>
    public int Count(string route) => calls.Count(c => $"{c.Method} {c.Template}" == route);

    public async ValueTask DisposeAsync()
    {
        AbortAll();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private string NewId()
    {
        lock (gate)
        {
            var id = (time.GetUtcNow().ToUnixTimeMilliseconds() - 1_420_070_400_000) << 22;
            lastId = Math.Max(lastId + 1, id);
            return lastId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private async Task RestAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!["/api/v10/".Length..];
        var template = Template(path);
        JsonNode? body = null;
        List<(string Name, byte[] Content)> files = [];
        DiscordCall? call = null;
        try
        {
            (body, files) = await ReadAsync(context.Request);
            call = new DiscordCall(context.Request.Method, path, template, body, time.GetUtcNow());
            calls.Enqueue(call);
            if (await FaultAsync(context, $"{call.Method} {template}") is { } fault)
            {
                if (fault.CutBefore) context.Abort();
                if (fault.CutBefore || fault.Status is not null)
                {
                    call.Status = fault.Status ?? 0;
                    return;
                }
            }
            else
            {
                fault = null;
            }

            if (!context.Request.Headers.UserAgent.ToString().StartsWith("DiscordBot (", StringComparison.Ordinal)) throw new DiscordRefusalException(403, 40333, "internal network error");
            Authorize(context, template);
            if (!template.StartsWith("interactions/", StringComparison.Ordinal)
                && !buckets.Take($"{call.Method} {template}", path.Split('/').ElementAtOrDefault(1) ?? "", context.Response.Headers, out var retryAfter))
            {
                context.Response.Headers["X-RateLimit-Scope"] = "user";
                context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter).ToString(System.Globalization.CultureInfo.InvariantCulture);
                call.Status = 429;
                await WriteAsync(context, 429, new JsonObject { ["message"] = "You are being rate limited.", ["retry_after"] = retryAfter, ["global"] = false });
                return;
            }

            var answer = Handle(call.Method, path.Split('/'), body, files, context);
            if (fault?.CutAfter == true)
            {
                context.Abort();
                return;
            }

            call.Status = answer is null ? 204 : 200;
            if (answer is null) context.Response.StatusCode = 204;
            else await WriteAsync(context, 200, answer);
        }
        catch (DiscordRefusalException refusal)
        {
            if (call is not null) call.Status = refusal.Http;
            await WriteAsync(context, refusal.Http, new JsonObject { ["message"] = refusal.Message, ["code"] = refusal.Code });
        }
    }

    private async Task<DiscordFault?> FaultAsync(HttpContext context, string route)
    {
        DiscordFault? fault;
        lock (gate)
        {
            fault = tape.FirstOrDefault(f => f.Route == route);
            if (fault is not null) tape.Remove(fault);
        }

        if (fault is null) return null;
        if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fault.Status is not { } status || fault.CutBefore) return fault;
        foreach (var (name, value) in fault.Headers) context.Response.Headers[name] = value;
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(fault.Body);
        return fault;
    }

    private void Authorize(HttpContext context, string template)
    {
        var given = context.Request.Headers.Authorization.ToString();
        if (template.StartsWith("interactions/", StringComparison.Ordinal) || template.StartsWith("webhooks/", StringComparison.Ordinal))
        {
            // A bot token has no business where an interaction's own opens the door.
            if (given.Length > 0) throw new DiscordRefusalException(400, 0, "Authorization is not expected here");
            return;
        }

        if (given != "Bot " + Token) throw new DiscordRefusalException(401, 0, "401: Unauthorized");
    }

    private static async Task<(JsonNode?, List<(string, byte[])>)> ReadAsync(HttpRequest request)
    {
        var files = new List<(string, byte[])>();
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            foreach (var file in form.Files)
            {
                if (file.Name != $"files[{files.Count}]") throw DiscordRefusalException.Form($"a part named {file.Name}");
                if (file.Length > MaxFile) throw new DiscordRefusalException(413, 40005, "Request entity too large");
                using var content = new MemoryStream();
                await file.CopyToAsync(content);
                files.Add((file.FileName, content.ToArray()));
            }

            if (files.Sum(f => (long)f.Item2.Length) > MaxRequest) throw new DiscordRefusalException(413, 40005, "Request entity too large");
            var json = form["payload_json"].ToString();
            if (json.Length == 0)
            {
                // A part with a content type of its own is a file to the form reader.
                throw DiscordRefusalException.Form("payload_json is missing");
            }

            return (Parse(json), files);
        }

        using var reader = new StreamReader(request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var text = await reader.ReadToEndAsync();
        if (text.Length == 0) return (null, files);
        if (request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true) throw new DiscordRefusalException(400, 50035, "Expected application/json");
        return (Parse(text), files);
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            throw new DiscordRefusalException(400, 50109, "The request body contains invalid JSON.");
        }
    }

    private static string Template(string path)
    {
        var parts = path.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length > 0 && parts[i].All(char.IsAsciiDigit)) parts[i] = "{}";
            else if (i == 2 && parts[0] is "interactions" or "webhooks") parts[i] = i == 2 ? "{}" : parts[i];
        }

        return string.Join('/', parts);
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString());
    }
}
