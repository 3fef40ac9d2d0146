using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Testing.Speech;

/// <summary>
/// A transcription service on loopback, as strict as the real ones: it refuses unknown fields, a name or type that does not fit the sound, broken OGG pages, a form
/// of answer that the model does not know and a wrong key. What it hears is what the test scripts.
/// </summary>
public sealed class TranscriptionServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<ServerAnswer> script = new();
    private readonly ConcurrentQueue<TranscriptionRequest> requests = new();
    private readonly ConcurrentQueue<string> refusals = new();
    private readonly CancellationTokenSource closing = new();
    private int calls;

    private TranscriptionServer(WebApplication app) => this.app = app;

    /// <summary>The root: <c>{BaseUrl}/audio/transcriptions</c>.</summary>
    public string BaseUrl => app.Urls.Single() + "/v1";

    /// <summary>The only key that it takes.</summary>
    public string Key { get; set; } = "sk-test-6f1d0c5e9b7a4d21";

    /// <summary>Whether it knows only the plain form of answer, like some servers of one's own.</summary>
    public bool OnlyPlain { get; set; }

    /// <summary>What it hears when the script is at its end.</summary>
    public ServerAnswer Otherwise { get; set; } = ServerAnswer.Says("Show me the status.");

    /// <summary>Requests that passed every check, in order.</summary>
    public IReadOnlyList<TranscriptionRequest> Requests => [.. requests];

    /// <summary>What was wrong with the others.</summary>
    public IReadOnlyList<string> Refusals => [.. refusals];

    /// <summary>All requests.</summary>
    public int Calls => calls;

    public static async Task<TranscriptionServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var server = new TranscriptionServer(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>The next answers, in order.</summary>
    public TranscriptionServer Then(params ServerAnswer[] answers)
    {
        foreach (var answer in answers) script.Enqueue(answer);
        return this;
    }

    /// <summary>Closes; may be called twice, to see what happens without a service.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref calls);
        if (http.Request.Path == "/v1/models")
        {
            var isTaken = HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Authorization == "Bearer " + Key;
            await (isTaken ? http.Response.WriteAsync("""{"object":"list","data":[]}""") : ErrorAsync(http, 401, "invalid_api_key", "Incorrect API key provided."));
            return;
        }

        try
        {
            var request = await TranscriptionRequestReader.ReadAsync(http, Key, OnlyPlain);
            requests.Enqueue(request);
            await SendAsync(http, script.TryDequeue(out var scripted) ? scripted : Otherwise, request);
        }
        catch (RefusedRequestException e)
        {
            refusals.Enqueue(e.Message);
            await ErrorAsync(http, e.Status, e.Code, e.Message);
        }
    }

    private async Task SendAsync(HttpContext http, ServerAnswer answer, TranscriptionRequest request)
    {
        if (answer.Hangs)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(closing.Token, http.RequestAborted);
            await Task.Delay(Timeout.Infinite, gone.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        if (answer.Drops)
        {
            http.Features.Get<IHttpRequestLifetimeFeature>()!.Abort();
            return;
        }

        if (answer.RetryAfter is { } wait) http.Response.Headers.RetryAfter = wait;
        if (answer.Status != 200) await ErrorAsync(http, answer.Status, answer.Code, $"Refused with the key {Key}.");
        else if (answer.Raw is { } raw) await http.Response.WriteAsync(raw);
        else await http.Response.WriteAsJsonAsync(Body(answer, request));
    }

    private static object Body(ServerAnswer answer, TranscriptionRequest request)
    {
        if (request.Fields["response_format"] == "verbose_json")
        {
            var segment = new
            {
                id = 0, seek = 0, start = 0.0, end = answer.Seconds, text = " " + answer.Text, tokens = new[] { 1, 2 }, temperature = 0.0,
                avg_logprob = answer.Likelihood, compression_ratio = 1.1, no_speech_prob = answer.NoSpeech,
            };
            return new { task = "transcribe", language = answer.Language, duration = answer.Seconds, text = answer.Text, segments = new[] { segment } };
        }

        return request.Fields.ContainsKey("include[]")
            ? new { text = answer.Text, logprobs = new[] { new { token = "x", logprob = answer.Likelihood, bytes = new[] { 120 } } } }
            : new { text = answer.Text };
    }

    private static Task ErrorAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(JsonSerializer.Serialize(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } }));
    }
}
