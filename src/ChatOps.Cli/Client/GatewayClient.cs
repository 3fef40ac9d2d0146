using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ChatOps.Tools;

namespace ChatOps.Cli.Client;

/// <summary>Talks to a gateway's HTTP API.</summary>
internal sealed class GatewayClient : IDisposable
{
    /// <summary>The code of a failure to connect: nothing was sent.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The code of a connection that broke: what was sent may have been taken.</summary>
    public const string ConnectionLost = "connection_lost";

    private const int MaxErrorCharacters = 16 * 1024;
    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WaitAtOnce = TimeSpan.FromSeconds(45);

    private readonly HttpClient http;

    /// <summary>Creates it.</summary>
    /// <param name="url">The gateway's address.</param>
    /// <param name="token">Opens it; null for what is open to anybody.</param>
    /// <param name="actAs">The person to act as; null for the token's own.</param>
    public GatewayClient(string url, string? token, string? actAs)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = Connect })
        {
            BaseAddress = new Uri(url),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (actAs is not null) http.DefaultRequestHeaders.Add("X-ChatOps-As", actAs);
    }

    /// <summary>The gateway's address.</summary>
    public Uri Url => http.BaseAddress!;

    /// <summary>Whether a gateway answers there.</summary>
    public static async Task<bool> AnswersAsync(string url, CancellationToken cancellationToken)
    {
        using var client = new GatewayClient(url, null, null);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Connect);
            using var answer = await client.http.GetAsync(new Uri("/health/live", UriKind.Relative), limit.Token);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Sends a request as it is, with the token; the answer is handed over as it is, as soon as its headers are there.</summary>
    public Task<HttpResponseMessage> PassAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Calls a tool.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">Raw values.</param>
    /// <param name="show">Is given output and progress while it runs; null: only the outcome is wanted.</param>
    /// <param name="cancellationToken">Hangs up, which stops what runs.</param>
    public async Task<InvocationAnswer> CallAsync(
        string tool, IReadOnlyDictionary<string, string> arguments, Action<JsonElement>? show, CancellationToken cancellationToken)
    {
        var path = $"/api/tools/{Uri.EscapeDataString(tool)}" + (show is null ? "" : "?stream=true");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Body(new { arguments }) };
        if (show is null) return InvocationAnswer.Read(await ReadAsync(request, cancellationToken));
        var (answer, status) = await OutcomeAsync(request, show, cancellationToken);
        return status == 200 ? answer : throw new CliFailureException(ExitCodes.Of(answer.Status, answer.Failure), Word(answer.Failure), answer.Summary);
    }

    /// <summary>Hands a file over; answers with the id of the upload.</summary>
    public async Task<string> UploadAsync(Stream content, CancellationToken cancellationToken)
    {
        // Nothing of the file is sent before the gateway wants it: a refusal of one that is too large would be lost under a line that breaks.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Content = new StreamContent(content), Headers = { ExpectContinue = true } };
        return (await ReadAsync(request, cancellationToken)).GetProperty("id").GetString()!;
    }

    /// <summary>Brings a kept file.</summary>
    public async Task DownloadAsync(string file, Stream target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/files/{Uri.EscapeDataString(file)}");
        try
        {
            using var answer = await SendAsync(request, cancellationToken);
            await answer.Content.CopyToAsync(target, cancellationToken);
        }
        catch (HttpIOException)
        {
            throw Lost();
        }
    }

    /// <summary>Waits until an invocation neither waits nor runs, or the token is cancelled.</summary>
    /// <param name="invocation">Which.</param>
    /// <param name="show">Is given what it shows meanwhile; a node's end may come more than once. Null: only the outcome is wanted.</param>
    /// <param name="cancellationToken">Stops the waiting, not the invocation.</param>
    public async Task<InvocationAnswer> WaitAsync(string invocation, Action<JsonElement>? show, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, $"/api/invocations/{Uri.EscapeDataString(invocation)}?wait={WaitAtOnce.TotalSeconds:0}s{(show is null ? "" : "&stream=true")}");
            var answer = show is null ? InvocationAnswer.Read(await ReadAsync(request, cancellationToken)) : (await OutcomeAsync(request, show, cancellationToken)).Answer;
            if (answer.Status is not (InvocationStatus.Waiting or InvocationStatus.Running)) return answer;
        }
    }

    /// <summary>Says something in a conversation; answers with the message's id.</summary>
    public async Task<string> SayAsync(string conversation, string clientId, string text, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat/messages") { Content = Body(new { conversation, clientId, text }) };
        return (await ReadAsync(request, cancellationToken)).GetProperty("message").GetString()!;
    }

    /// <summary>The newest entries of a conversation, then an event <c>ready</c>, then what changes.</summary>
    /// <exception cref="CliFailureException">It cannot be listened to, or broke off; also when it ended before <c>ready</c>.</exception>
    public async IAsyncEnumerable<JsonElement> WatchAsync(string conversation, int recent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/chat/{Uri.EscapeDataString(conversation)}/events?recent={recent.ToString(CultureInfo.InvariantCulture)}");
        var ready = false;
        await foreach (var change in LinesAsync(request, cancellationToken))
        {
            ready |= change.GetProperty("event").GetString() == "ready";
            yield return change;
        }

        if (!ready) throw Lost();
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<(InvocationAnswer Answer, int Status)> OutcomeAsync(HttpRequestMessage request, Action<JsonElement> show, CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync(request, cancellationToken))
        {
            if (line.GetProperty("event").GetString() == "outcome") return (InvocationAnswer.Read(line.GetProperty("outcome")), line.GetProperty("httpStatus").GetInt32());
            show(line);
        }

        throw Lost();
    }

    private static StringContent Body<T>(T value) => new(Json.Write(value), Encoding.UTF8, "application/json");

    private async Task<JsonElement> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await SendAsync(request, cancellationToken);
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is HttpIOException or IOException or JsonException)
        {
            throw Lost();
        }
    }

    private async IAsyncEnumerable<JsonElement> LinesAsync(HttpRequestMessage request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (request)
        {
            using var answer = await SendAsync(request, cancellationToken);
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (true)
            {
                JsonElement element;
                try
                {
                    var line = await reader.ReadLineAsync(cancellationToken);
                    if (line is null) yield break;
                    using var document = JsonDocument.Parse(line);
                    element = document.RootElement.Clone();
                }
                catch (Exception e) when (e is HttpIOException or IOException or JsonException)
                {
                    throw Lost();
                }

                yield return element;
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError))
        {
            // The connection broke after something was sent: asking again could do it twice.
            throw Lost();
        }
        catch (HttpRequestException)
        {
            throw new CliFailureException(ExitCodes.Unreachable, Unreachable,
                $"The gateway at {Url} cannot be reached. Is it running, and is the address right? `chatops gateway` starts one here.");
        }

        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            if (await ProblemAsync(answer, cancellationToken) is not { } problem)
            {
                // What stands in front of the gateway says that it is gone; what it had been given may have been taken.
                if (answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout) throw Lost();
                problem = ("not_a_gateway", $"{Url} answered with HTTP {(int)answer.StatusCode}, and not as a ChatOps gateway does. Is the address right?");
            }

            var (code, message) = problem;
            throw new CliFailureException(ExitCodes.Of((int)answer.StatusCode), code, message);
        }
    }

    // Null when it does not answer as a gateway does.
    private static async Task<(string Code, string Message)?> ProblemAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(body.Length <= MaxErrorCharacters ? body : "");
            return (document.RootElement.GetProperty("code").GetString()!, document.RootElement.GetProperty("message").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Word(FailureCode failure) => JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ToString());

    private CliFailureException Lost() => new(ExitCodes.Unknown, ConnectionLost,
        $"The connection to the gateway at {Url} was lost before it answered. What was asked may have happened; `chatops audit list` says.");
}
