using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace ChatOps.Channels.Discord;

/// <summary>
/// Makes calls, one try each. Never before a deadline that Discord gave; never again with a token that Discord refused; an answer is bounded; what goes wrong is a value
/// without address or token in it.
/// </summary>
internal sealed class RestTransport(HttpMessageInvoker http, Uri root, ChannelSecret token, RateLimits limits, TimeProvider time)
{
    /// <summary>Longest wait for an answer.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for a place in a bucket; a longer one is the caller's to plan.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The wait when Discord says "too many" and not for how long.</summary>
    public static readonly TimeSpan UnsaidRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Largest answer.</summary>
    public const int MaxAnswer = 8 * 1024 * 1024;

    // Timers fire a little early; asking again at once would only spin.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5);

    private const int MaxReasonLength = 300;
    private const string UserAgent = "DiscordBot (https://github.com/chatops, 0.1)";

    private string? rejected;

    /// <summary>Whether Discord refused the token that is configured now.</summary>
    public bool TokenIsRejected => rejected is not null && rejected == token.Fingerprint();

    /// <summary>How many refused calls count against the address now.</summary>
    public int Invalid => limits.Invalid;

    /// <summary>Makes a call.</summary>
    public async Task<RestReply> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var patience = request.Passing ? TimeSpan.Zero : request.Deadline is { } d && d < Patience ? d : Patience;
        if (await WaitForPlaceAsync(request, patience, cancellationToken) is { } limited) return limited;
        if (request.Route.Authorized && TokenIsRejected) return Rejected;
        using var message = Message(request);
        using var timeout = new CancellationTokenSource(request.Deadline ?? AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var answer = await http.SendAsync(message, either.Token);
            var headers = RateHeaders.Of(answer.Headers);
            limits.Note(request.Route, headers);
            var body = await BodyAsync(answer, either.Token);
            return Judge(request.Route, answer, headers, body);
        }
        catch (HttpRequestException error)
        {
            return IsBeforeSending(error)
                ? new RestReply(RestStatus.NotSent, Reason: $"Discord cannot be reached ({error.HttpRequestError}).")
                : new RestReply(RestStatus.Ambiguous, Reason: $"The connection to Discord broke ({error.HttpRequestError}).");
        }
        catch (IOException)
        {
            return new RestReply(RestStatus.Ambiguous, Reason: "The connection to Discord broke.");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new RestReply(RestStatus.Ambiguous, Reason: "Discord did not answer in time.");
        }
    }

    private static RestReply Rejected { get; } = new(RestStatus.TokenRejected, Reason: "Discord does not accept the bot token.") { Http = 401 };

    private async Task<RestReply?> WaitForPlaceAsync(RestRequest request, TimeSpan patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = limits.Reserve(request.Route, request.Passing);
            if (wait <= TimeSpan.Zero) return null;
            if (wait > patience) return new RestReply(RestStatus.Limited, Reason: "Discord's rate limit is used up.", RetryAfter: wait);
            if (wait < ShortestWait) wait = ShortestWait;
            patience -= wait;
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private HttpRequestMessage Message(RestRequest request)
    {
        var message = new HttpRequestMessage(request.Route.Method, new Uri(root, request.Route.Path));
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (request.Route.Authorized) message.Headers.Authorization = new AuthenticationHeaderValue("Bot", token.Current());
        if (request.Files.Count > 0) message.Content = Multipart(request);
        else if (request.Body is not null) message.Content = JsonContent.Create(request.Body, request.Body.GetType(), options: DiscordJson.Options);
        return message;
    }

    private static MultipartFormDataContent Multipart(RestRequest request)
    {
        var content = new MultipartFormDataContent { { JsonContent.Create(request.Body, request.Body!.GetType(), options: DiscordJson.Options), "payload_json" } };
        for (var i = 0; i < request.Files.Count; i++)
        {
            var file = new StreamContent(request.Files[i].Open() ?? Stream.Null);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Add(file, $"files[{i}]", request.Files[i].Name);
        }

        return content;
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var whole = new ArrayBufferWriter<byte>();
        while (await stream.ReadAsync(whole.GetMemory(8192), cancellationToken) is > 0 and var read)
        {
            whole.Advance(read);
            if (whole.WrittenCount > MaxAnswer) throw new IOException("The answer is too large.");
        }

        return whole.WrittenMemory;
    }

    private RestReply Judge(RestRoute route, HttpResponseMessage answer, RateHeaders headers, ReadOnlyMemory<byte> body)
    {
        var http = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode) return new RestReply(RestStatus.Ok) { Http = http, Body = body };
        var error = DiscordJson.TryRead<DiscordError>(body.Span) ?? new DiscordError();
        switch (answer.StatusCode)
        {
            case HttpStatusCode.TooManyRequests:
                return TooMany(route, headers, error);
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                limits.NoteInvalid();
                if (route.Authorized && answer.StatusCode == HttpStatusCode.Unauthorized)
                {
                    rejected = token.Fingerprint();
                    return Rejected;
                }

                break;
            case >= HttpStatusCode.InternalServerError:
                return new RestReply(RestStatus.Ambiguous, error.Code, $"Discord has trouble (HTTP {http}).") { Http = http };
            case >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest:
                return new RestReply(RestStatus.Refused, Reason: $"Something between here and Discord redirects (HTTP {http}).") { Http = http };
        }

        return new RestReply(RestStatus.Refused, error.Code, Say(http, error)) { Http = http };
    }

    private RestReply TooMany(RestRoute route, RateHeaders headers, DiscordError error)
    {
        // The header has whole seconds, rounded up; the body is exact. A header that asks for much more is somebody else's and is obeyed.
        var wait = (RateHeaders.Seconds(error.RetryAfter), headers.RetryAfter) switch
        {
            ({ } body, { } header) => header - body > TimeSpan.FromSeconds(1) ? header : body,
            ({ } body, null) => body,
            (null, { } header) => header,
            _ => headers.ResetAfter ?? UnsaidRetryAfter,
        };
        // A body that is not Discord's own comes from the wall before it, which means the whole address.
        var global = headers.Global || headers.Scope == "global" || error.Global == true || (headers.Scope is null && error.RetryAfter is null);
        if (headers.Scope != "shared") limits.NoteInvalid();
        limits.Exceeded(route, headers, wait, global);
        return new RestReply(RestStatus.Limited, error.Code, "Discord asks for a pause.", wait) { Http = 429 };
    }

    private static bool IsBeforeSending(HttpRequestException error) => error.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static string Say(int http, DiscordError error)
    {
        var text = string.IsNullOrWhiteSpace(error.Message) ? "no reason given" : error.Message;
        if (text.Length > MaxReasonLength) text = text[..MaxReasonLength];
        return error.Code == 0 ? $"Discord refused it (HTTP {http}): {text.TrimEnd('.')}." : $"Discord refused it ({error.Code}): {text.TrimEnd('.')}.";
    }
}
