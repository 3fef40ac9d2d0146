using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ChatOps.Channels.Slack.Client;

/// <summary>
/// HTTP to Slack: bounded in time and size, no redirects, no tracing headers, and nothing that it throws or returns holds a token or an address. Tells apart what was not
/// sent from what may have arrived.
/// </summary>
internal sealed class SlackHttp : IDisposable
{
    /// <summary>Longest call of a method.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Longest connecting.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Longest transfer of a file.</summary>
    public static readonly TimeSpan TransferTimeout = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait when Slack limits without saying until when.</summary>
    public static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait that a header can ask for; a mad value must not silence a channel for days.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    /// <summary>Largest answer in bytes.</summary>
    public const int MaxAnswer = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };
    private readonly HttpClient client;

    public SlackHttp(IEgress egress, SlackOptions options)
    {
        var handler = egress.CreateHandler(options.Root);
        handler.ConnectTimeout = ConnectTimeout;
        handler.ActivityHeadersPropagator = null;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswer };
    }

    /// <summary>For sockets: they are guarded like every other connection.</summary>
    public HttpMessageInvoker Invoker => client;

    /// <summary>Calls a method and reads its answer.</summary>
    public async Task<SlackReply> CallAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, timeout.Token);
            return await ReadAsync(answer, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SlackReply(SlackReplyStatus.Unsure, "Slack did not answer in time.");
        }
        catch (HttpRequestException error)
        {
            return Broken(error);
        }
    }

    /// <summary>Sends a file's bytes; the answer's text is not read.</summary>
    public async Task<SlackReply> UploadAsync(Uri address, HttpContent content, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TransferTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) return new SlackReply(SlackReplyStatus.Limited, "ratelimited", RetryAfter(answer.Headers));
            return new SlackReply(answer.IsSuccessStatusCode ? SlackReplyStatus.Ok : SlackReplyStatus.NotSent, answer.IsSuccessStatusCode ? null : Code((int)answer.StatusCode));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SlackReply(SlackReplyStatus.NotSent, "The upload took too long.");
        }
        catch (HttpRequestException error)
        {
            // An upload that nobody completed is invisible: it can always be begun again.
            return Broken(error) with { Status = SlackReplyStatus.NotSent };
        }
    }

    /// <summary>Asks for a file's bytes; the caller disposes of the answer.</summary>
    /// <exception cref="HttpRequestException">No connection.</exception>
    public Task<HttpResponseMessage> DownloadAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Whether a failure came before a single byte was sent.</summary>
    public static SlackReply Broken(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new(SlackReplyStatus.NotSent, "Slack's name cannot be resolved."),
        HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => new(SlackReplyStatus.NotSent, "Slack cannot be reached."),
        HttpRequestError.SecureConnectionError => new(SlackReplyStatus.NotSent, "The secure connection to Slack cannot be made."),
        HttpRequestError.ConfigurationLimitExceeded => new(SlackReplyStatus.Unsure, "Slack's answer is too large."),
        _ => new(SlackReplyStatus.Unsure, "The connection to Slack broke."),
    };

    public void Dispose() => client.Dispose();

    private static async Task<SlackReply> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            return new SlackReply(SlackReplyStatus.Limited, "ratelimited", RetryAfter(answer.Headers));
        var status = (int)answer.StatusCode;
        if (status == 503) return new SlackReply(SlackReplyStatus.NotSent, "http_503", answer.Headers.RetryAfter is null ? null : RetryAfter(answer.Headers));
        if (status >= 500) return new SlackReply(SlackReplyStatus.Unsure, Code(status));
        if (status != 200) return new SlackReply(SlackReplyStatus.Refused, Code(status));
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var body = Parse(bytes);
        if (body.ValueKind != JsonValueKind.Object) return new SlackReply(SlackReplyStatus.Unsure, "Slack's answer cannot be read.");
        var scopes = answer.Headers.TryGetValues("x-oauth-scopes", out var values) ? string.Join(',', values) : null;
        if (body.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True) return new SlackReply(SlackReplyStatus.Ok, Body: body, Scopes: scopes);
        var error = Printable(new SlackReply(SlackReplyStatus.Refused, Body: body).Text("error"));
        var meaning = SlackErrors.StatusOf(error);
        return new SlackReply(meaning, error, meaning == SlackReplyStatus.Limited ? RetryAfter(answer.Headers) : null, body, scopes);
    }

    private static JsonElement Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(new ReadOnlySequence<byte>(bytes), Reading);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static TimeSpan RetryAfter(HttpResponseHeaders headers)
    {
        // Read by hand: a decimal is not in the standard, and proxies send them.
        var raw = headers.TryGetValues("Retry-After", out var values) ? values.FirstOrDefault() : null;
        if (!double.TryParse(raw, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || !double.IsFinite(seconds)) return DefaultRetryAfter;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 1, MaxRetryAfter.TotalSeconds));
    }

    private static string Code(int status) => string.Create(CultureInfo.InvariantCulture, $"http_{status}");

    // An error code is an identifier; whatever else stands there is not for logs.
    private static string Printable(string error) =>
        error.Length is > 0 and <= 64 && error.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? error : "unknown_error";
}
