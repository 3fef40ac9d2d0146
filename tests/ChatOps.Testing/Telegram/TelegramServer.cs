using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ChatOps.Testing.Telegram;

/// <summary>
/// A Bot API on loopback, as strict as Telegram's: it knows the methods and their parameters, counts texts after their markup, keeps updates until they are confirmed, lets one program poll, forgets
/// presses after 150 seconds, and does what the fault tape says. What is a mistake though Telegram overlooks it (an unknown parameter, a call before a deadline) is refused or noted.
/// </summary>
public sealed partial class TelegramServer : IAsyncDisposable
{
    private const int MaxRequest = 64 * 1024 * 1024;

    private readonly TelegramShapes shapes = TelegramShapes.Load();
    private readonly TelegramQueue queue;
    private readonly TimeProvider time;
    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<TelegramCall> calls = new();
    private readonly ConcurrentQueue<string> violations = new();
    private readonly ConcurrentDictionary<HttpContext, bool> open = new();
    private readonly Lock tapeGate = new();
    private readonly List<TelegramFault> tape = [];
    private readonly ConcurrentDictionary<long, DateTimeOffset> deadlines = new();

    private TelegramServer(TimeProvider? time)
    {
        this.time = time ?? TimeProvider.System;
        queue = new TelegramQueue(this.time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = MaxRequest;
            k.Listen(System.Net.IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http1);
        });
        app = builder.Build();
        app.Run(TrackAsync);
    }

    /// <summary>The bot.</summary>
    public TelegramPerson Bot { get; } = new(7000000001, "Ops", IsBot: true, Username: "ops_test_bot");

    /// <summary>Its token.</summary>
    public string Token { get; private set; } = "7000000001:AAE-loopback_token_0123456789abcdefg";

    /// <summary>The root for the channel's ApiBase.</summary>
    public Uri ApiBase => new(app.Urls.First());

    /// <summary>Whether privacy mode is on.</summary>
    public bool Privacy { get; set; } = true;

    /// <summary>Every call, in order.</summary>
    public IReadOnlyList<TelegramCall> Calls => [.. calls];

    /// <summary>What Telegram would suffer from in silence: calls before a deadline.</summary>
    public IReadOnlyList<string> Violations => [.. violations];

    /// <summary>How often updates were asked for.</summary>
    public int Polls => queue.Polls;

    /// <summary>Whether somebody polls now.</summary>
    public bool IsPolled => queue.IsPolled;

    /// <summary>How many updates are not confirmed.</summary>
    public int Waiting => queue.Count;

    /// <summary>Starts one.</summary>
    public static async Task<TelegramServer> StartAsync(TimeProvider? time = null)
    {
        var server = new TelegramServer(time);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Calls of one method.</summary>
    public IReadOnlyList<TelegramCall> CallsOf(string method) => [.. calls.Where(c => c.Method == method)];

    /// <summary>The owner has another token made; the old one is void at once.</summary>
    public void Rotate(string token) => Token = token;

    /// <summary>Every connection is cut.</summary>
    public void Disconnect()
    {
        foreach (var context in open.Keys)
        {
            try
            {
                context.Abort();
            }
            catch (ObjectDisposedException)
            {
                // It has just been answered: there is nothing left to cut.
            }
        }
    }

    /// <summary>Something will go wrong.</summary>
    public void Fail(TelegramFault fault)
    {
        lock (tapeGate) tape.Add(fault);
    }

    /// <summary>What was still to go wrong does not.</summary>
    public void Recover()
    {
        lock (tapeGate) tape.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await webhookLoop;
        await app.DisposeAsync();
        sender.Dispose();
        stopping.Dispose();
    }

    private async Task TrackAsync(HttpContext context)
    {
        open[context] = true;
        try
        {
            await HandleAsync(context);
        }
        finally
        {
            open.TryRemove(context, out _);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var file = path.StartsWith("/file/bot", StringComparison.Ordinal);
        var rest = path[(file ? "/file/bot".Length : Math.Min("/bot".Length, path.Length))..];
        var slash = rest.IndexOf('/');
        if (!path.StartsWith(file ? "/file/bot" : "/bot", StringComparison.Ordinal) || slash < 0)
        {
            await AnswerAsync(context, 404, Error(404, "Not Found"));
            return;
        }

        if (rest[..slash] != Token)
        {
            await AnswerAsync(context, 401, Error(401, "Unauthorized"));
            return;
        }

        if (file) await DownloadAsync(context, rest[(slash + 1)..]);
        else await CallAsync(context, rest[(slash + 1)..]);
    }

    private async Task CallAsync(HttpContext context, string method)
    {
        TelegramCall? call = null;
        TelegramFault? fault = null;
        var (status, body) = (200, "");
        try
        {
            if (!shapes.Knows(method)) throw new TelegramRefusedException(404, "Not Found: method not found");
            var (parameters, files) = await ReadAsync(context.Request);
            call = new TelegramCall(method, parameters, time.GetUtcNow());
            calls.Enqueue(call);
            Judge(call);
            fault = Take(method, call.Chat);
            if (fault is { Done: false }) await ApplyAsync(context, fault);
            if (fault is { Done: false, Status: not 0 } or { Done: false, Cut: true }) return;
            shapes.Check(method, parameters, files.Keys);
            var result = await DoAsync(method, parameters, files, context.RequestAborted);
            body = new JsonObject { ["ok"] = true, ["result"] = result }.ToJsonString();
        }
        catch (TelegramRefusedException refusal)
        {
            (status, body) = (refusal.Code, Error(refusal.Code, refusal.Message, refusal));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            if (call is not null) call.Answer = fault is { Status: not 0 } ? fault.Status : status;
        }

        if (fault is { Done: true })
        {
            await ApplyAsync(context, fault);
            if (fault.Cut || fault.Status != 0) return;
        }

        await AnswerAsync(context, status, body);
    }

    // A call before a deadline that was named makes Telegram angrier; here it is remembered.
    private void Judge(TelegramCall call)
    {
        if (call.Method == "answerCallbackQuery" || call.Chat is not { } chat) return;
        if (deadlines.TryGetValue(chat, out var until) && time.GetUtcNow() < until) violations.Enqueue($"{call.Method} to {chat} {until - time.GetUtcNow()} before its deadline");
    }

    private TelegramFault? Take(string method, long? chat)
    {
        lock (tapeGate)
        {
            var at = tape.FindIndex(f => (f.Method is null ? method != "getUpdates" : f.Method == method) && (f.Chat is null || f.Chat == chat));
            if (at < 0) return null;
            var fault = tape[at];
            if (fault.Times <= 1) tape.RemoveAt(at);
            else tape[at] = fault with { Times = fault.Times - 1 };
            if (fault.Status == 429 && chat is { } its && JsonRetry(fault.Body) is { } seconds) deadlines[its] = time.GetUtcNow() + TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(20);
            return fault;
        }
    }

    private static double? JsonRetry(string? body)
    {
        try
        {
            return body is null ? null : JsonNode.Parse(body)?["parameters"]?["retry_after"]?.GetValue<double>();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task ApplyAsync(HttpContext context, TelegramFault fault)
    {
        if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fault.Cut)
        {
            context.Abort();
            return;
        }

        if (fault.Status == 0) return;
        if (fault.RetryAfterHeader is { } header) context.Response.Headers.RetryAfter = header;
        await AnswerAsync(context, fault.Status, fault.Body ?? Error(fault.Status, "Scripted"));
    }

    private static async Task<(JsonObject Parameters, Dictionary<string, (string Name, byte[] Content)> Files)> ReadAsync(HttpRequest request)
    {
        var files = new Dictionary<string, (string, byte[])>(StringComparer.Ordinal);
        if (!request.HasFormContentType)
        {
            if (request.ContentLength is null or 0) return ([], files);
            if (request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true) throw TelegramRefusedException.Bad("unknown content type");
            return (await JsonNode.ParseAsync(request.Body) as JsonObject ?? throw TelegramRefusedException.Bad("can't parse JSON object"), files);
        }

        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = MaxRequest }));
        var form = await request.ReadFormAsync();
        var parameters = new JsonObject();
        foreach (var (name, value) in form) parameters[name] = Typed(name, value.ToString());
        foreach (var file in form.Files)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content);
            files[file.Name] = (file.FileName, content.ToArray());
        }

        return (parameters, files);
    }

    // In a form everything is text; what is no text is written as JSON.
    private static JsonNode Typed(string name, string value)
    {
        if (name is "caption" or "parse_mode" or "text") return value;
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        if (bool.TryParse(value, out var truth)) return truth;
        return value is ['{' or '[', ..] ? JsonNode.Parse(value)! : value;
    }

    private static string Error(int code, string description, TelegramRefusedException? refusal = null)
    {
        var error = new JsonObject { ["ok"] = false, ["error_code"] = code, ["description"] = description };
        if (refusal?.RetryAfter is { } seconds) error["parameters"] = new JsonObject { ["retry_after"] = seconds };
        if (refusal?.MigrateTo is { } to) error["parameters"] = new JsonObject { ["migrate_to_chat_id"] = to };
        return error.ToJsonString();
    }

    private static async Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body is ['{', ..] ? "application/json" : "text/html";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    }
}
