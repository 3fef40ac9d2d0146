using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Testing.Slack;

/// <summary>The Web API: reads arguments as the real one does, and answers by the rules of each method.</summary>
internal sealed partial class SlackWeb(SlackServer server)
{
    private const int MaxText = 40_000;
    private const int MaxResponses = 5;

    private readonly ConcurrentDictionary<string, TimeSpan> closed = new();
    private readonly ConcurrentDictionary<string, (TimeSpan Until, int Used)> triggers = new();
    private readonly ConcurrentDictionary<string, (string Channel, string User, int Posts)> responses = new();
    private readonly ConcurrentQueue<string> rung = new();
    private readonly ConcurrentQueue<JsonObject> views = new();
    private int counter;

    public IReadOnlyList<string> Rung => [.. rung];

    public IReadOnlyList<JsonObject> Views => [.. views];

    private SlackWorkspace Space => server.Workspace;

    public string NewTrigger(TimeSpan goodFor)
    {
        var trigger = $"{Next()}.12345.{Next()}abcdef";
        triggers[trigger] = (server.Now + goodFor, 0);
        return trigger;
    }

    public string NewResponseAddress(string channel, string user)
    {
        var id = $"R{Next()}";
        responses[id] = (channel, user, 0);
        return new Uri(server.Root, $"commands/{id}").AbsoluteUri;
    }

    public async Task CallAsync(HttpContext context, string method)
    {
        var (arguments, problem) = await ArgumentsAsync(context, method);
        var bucket = method == "chat.postMessage" ? $"{method} {arguments["channel"]}" : method;
        if (closed.TryGetValue(bucket, out var until) && server.Now < until)
        {
            server.Violate($"{bucket} was called {(until - server.Now).TotalSeconds:0.0} s before its time");
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = Math.Ceiling((until - server.Now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return;
        }

        var (error, answer) = problem is not null ? (problem, null) : Unauthorized(context, method) is { } refused ? (refused, null) : Do(method, arguments);
        server.Note(new SlackCall(method, arguments, error ?? "ok", server.Now));
        answer ??= [];
        answer["ok"] = error is null;
        if (error is not null) answer["error"] = error.Split(':')[0];
        if (error is not null && error.Contains(':', StringComparison.Ordinal)) answer["response_metadata"] = new JsonObject { ["messages"] = new JsonArray($"[ERROR] {error}") };
        context.Response.Headers["x-oauth-scopes"] = string.Join(',', method == "apps.connections.open" ? ["connections:write"] : server.Scopes);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    public async Task FailAsync(HttpContext context, string method, SlackFault fault, Func<Task> serve)
    {
        if (fault.Drop)
        {
            server.Note(new SlackCall(method, [], "dropped", server.Now));
            context.Abort();
            return;
        }

        if (fault.DropAnswer)
        {
            var real = context.Response.Body;
            context.Response.Body = Stream.Null;
            await serve();
            context.Response.Body = real;
            context.Abort();
            return;
        }

        var (arguments, _) = SlackMethod.All.ContainsKey(method) ? await ArgumentsAsync(context, method) : ([], null);
        server.Note(new SlackCall(method, arguments, fault.Error ?? fault.Status.ToString(CultureInfo.InvariantCulture), server.Now));
        if (fault.Error is { } error)
        {
            await context.Response.WriteAsJsonAsync(new { ok = false, error });
            return;
        }

        context.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } after)
        {
            context.Response.Headers["Retry-After"] = after;
            if (double.TryParse(after, CultureInfo.InvariantCulture, out var seconds))
                closed[method == "chat.postMessage" ? $"{method} {arguments["channel"]}" : method] = server.Now + TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(20);
        }

        await context.Response.WriteAsync(fault.Body ?? "");
    }

    public async Task UploadAsync(HttpContext context, string file)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.Headers.Authorization.Count > 0) server.Violate("The token went with an upload");
        if (!Space.Files.TryGetValue(file, out var stored) || stored.Content is not null || body.Length != stored.Length)
        {
            context.Response.StatusCode = 400;
            return;
        }

        stored.Content = body.ToArray();
        server.Note(new SlackCall("upload", [], "ok", server.Now));
        await context.Response.WriteAsync($"OK - {body.Length}");
    }

    public async Task DownloadAsync(HttpContext context, string file)
    {
        if (context.Request.Headers.Authorization != $"Bearer {server.BotToken}" || !server.Scopes.Contains("files:read"))
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync("<html>Sign in to your workspace</html>");
            return;
        }

        if (!Space.Files.TryGetValue(file, out var stored) || stored.Content is null)
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.ContentType = stored.MediaType;
        await context.Response.Body.WriteAsync(stored.Content);
    }

    public async Task RespondAsync(HttpContext context, string id)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body) as JsonObject ?? [];
        if (!responses.TryGetValue(id, out var address) || address.Posts >= MaxResponses)
        {
            server.Violate("A response address was used more often than five times");
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("used_url");
            return;
        }

        responses[id] = address with { Posts = address.Posts + 1 };
        var problem = body["blocks"] is { } blocks ? SlackBlockRules.Check(blocks) : null;
        server.Note(new SlackCall("response_url", body, problem ?? "ok", server.Now));
        if (problem is not null)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(problem);
            return;
        }

        Space.Add(new SlackPost
        {
            Ts = Space.NewTs(), Channel = address.Channel, ByResponse = true, OnlyFor = body["response_type"]?.GetValue<string>() == "in_channel" ? null : address.User,
            Text = body["text"]?.GetValue<string>() ?? "", Blocks = body["blocks"]?.DeepClone() as JsonArray ?? [],
        });
        await context.Response.WriteAsync("ok");
    }

    private async Task<(JsonObject Arguments, string? Problem)> ArgumentsAsync(HttpContext context, string method)
    {
        if (!SlackMethod.All.TryGetValue(method, out var known)) return ([], "unknown_method");
        var arguments = new JsonObject();
        if (context.Request.HasFormContentType)
        {
            foreach (var (name, value) in await context.Request.ReadFormAsync()) arguments[name] = value.ToString();
        }
        else if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true)
        {
            // A method that reads forms alone sees nothing of a JSON body.
            if (!context.Request.ContentType.Contains("charset=utf-8", StringComparison.OrdinalIgnoreCase)) return ([], "missing_charset");
            using var reader = new StreamReader(context.Request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
            try
            {
                if (known.TakesJson) arguments = JsonNode.Parse(await reader.ReadToEndAsync()) as JsonObject ?? [];
                else await reader.ReadToEndAsync();
            }
            catch (JsonException)
            {
                return ([], "invalid_json");
            }
        }

        if (arguments.Select(a => a.Key).FirstOrDefault(k => !known.Required.Contains(k) && !known.Optional.Contains(k)) is { } unknown) return (arguments, $"invalid_arguments: unknown {unknown}");
        return known.Required.FirstOrDefault(r => !arguments.ContainsKey(r)) is { } missing ? (arguments, $"invalid_arguments: missing {missing}") : (arguments, null);
    }

    private string? Unauthorized(HttpContext context, string method)
    {
        var given = context.Request.Headers.Authorization.ToString();
        if (given.Length == 0) return "not_authed";
        var app = method == "apps.connections.open";
        if (given == $"Bearer {(app ? server.BotToken : server.AppToken)}") return "not_allowed_token_type";
        if (given != $"Bearer {(app ? server.AppToken : server.BotToken)}") return "invalid_auth";
        var scope = SlackMethod.All[method].Scope;
        return !app && scope.Length > 0 && !server.Scopes.Contains(scope) ? "missing_scope" : null;
    }

    private string? Ring(string text)
    {
        foreach (Match mention in Mention().Matches(text)) rung.Enqueue(mention.Value);
        return text.Length > MaxText ? "msg_too_long" : null;
    }

    private int Next() => Interlocked.Increment(ref counter);

    private static string Text(JsonObject from, string name) => from[name]?.GetValueKind() == JsonValueKind.String ? from[name]!.GetValue<string>() : "";

    [GeneratedRegex("<[@!#][^>]*>")]
    private static partial Regex Mention();

    [GeneratedRegex(@"^\d{10}\.\d{6}$")]
    private static partial Regex Stamp();
}
