using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using ChatOps.Cli.Client;
using ChatOps.Host.Http;

namespace ChatOps.Cli.Mcp;

/// <summary>
/// Carries the messages between a client on standard input and output and a gateway's <c>/mcp</c>: one server, whichever way a client comes. A gateway that was
/// restarted is found again; what had been sent to the one before is not sent twice.
/// </summary>
/// <param name="connect">Finds the gateway.</param>
/// <param name="output">Carries the protocol and nothing else.</param>
/// <param name="path">The address on the gateway, with how long calls wait.</param>
/// <param name="say">Says something to people.</param>
internal sealed class McpBridge(Func<CancellationToken, Task<GatewayConnection>> connect, TextWriter output, string path, Action<string> say) : IAsyncDisposable
{
    private const int CallsAtOnce = 64;
    private const int InvalidRequest = -32600;
    private const int Lost = -32000;
    private const string Json = "application/json";
    private const string Initialize = "initialize";
    private const string OtherTools = """{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""";
    private static readonly TimeSpan ListenAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim writing = new(1);
    private readonly SemaphoreSlim connecting = new(1);
    private readonly CancellationTokenSource end = new();
    private McpMessage? initialize;
    private volatile Link? link;
    private Task listening = Task.CompletedTask;

    /// <summary>Carries messages until the client closes its side.</summary>
    public async Task RunAsync(TextReader input, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        var lines = new LineReader(input);
        using var places = new SemaphoreSlim(CallsAtOnce);
        var calls = new List<Task>();
        link = new Link(await connect(cancellationToken), 0);
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0 || line == "\r") continue;
            if (McpMessage.Read(line) is not { } message)
            {
                await WriteAsync(McpMessage.Error(null, InvalidRequest, ReferenceEquals(line, LineReader.TooLong)
                    ? $"A line has at most {LineReader.MaxLine} characters; a longer one was passed over."
                    : "A line must be one JSON-RPC message."));
                continue;
            }

            if (Encoding.UTF8.GetByteCount(line) > GatewayLimits.RequestBodyBytes)
            {
                await WriteAsync(McpMessage.Error(message.Id, InvalidRequest, $"Nothing was called: a message has at most {GatewayLimits.RequestBodyBytes / 1024 / 1024} MiB."));
                continue;
            }

            // The others need the session that this one begins; a notice has its place in the order.
            if (message.Method == Initialize || message.Id is null)
            {
                await PostAsync(message, either.Token);
                continue;
            }

            await places.WaitAsync(either.Token);
            calls.RemoveAll(c => c.IsCompleted);
            calls.Add(CallAsync(message, places, either.Token));
        }

        await EndSessionAsync();
        await end.CancelAsync();
        await Task.WhenAll(calls);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await listening;
        if (link is { } last) await last.Connection.DisposeAsync();
        end.Dispose();
        writing.Dispose();
        connecting.Dispose();
    }

    private async Task CallAsync(McpMessage message, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            await PostAsync(message, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task PostAsync(McpMessage message, CancellationToken cancellationToken)
    {
        for (var again = false; ; again = true)
        {
            var now = link!;
            try
            {
                using var request = Request(HttpMethod.Post, now, message.Method == Initialize ? null : now.Session, message.Text);
                using var response = await now.Connection.Client.PassAsync(request, cancellationToken);
                if (response.StatusCode == HttpStatusCode.NotFound && now.Session is not null && !again)
                {
                    await ReconnectAsync(now, cancellationToken);
                    continue;
                }

                if (message.Method == Initialize) await BeganAsync(message, now, response, cancellationToken);
                else await CarryAsync(message, response, cancellationToken);
                return;
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError && !again)
            {
                // Nothing was sent.
                await ReconnectAsync(now, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or CliFailureException)
            {
                if (message.Id is { } id)
                    await WriteAsync(McpMessage.Error(id, Lost, e is CliFailureException ? e.Message
                        : "The connection to the gateway was lost. If this had begun, the record says what became of it (audit_list): look there before it is repeated."));
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(McpMessage message, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            if (message.Id is { } id) await WriteAsync(McpMessage.Error(id, Lost, await ProblemAsync(response, cancellationToken)));
            return;
        }

        await foreach (var text in MessagesAsync(response, cancellationToken)) await WriteAsync(text);
    }

    // The answer names the session and the revision that the next messages are sent with.
    private async Task BeganAsync(McpMessage message, Link before, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            await CarryAsync(message, response, cancellationToken);
            return;
        }

        initialize = message;
        await foreach (var text in MessagesAsync(response, cancellationToken))
        {
            Begin(before.Connection, before.Number, response, text);
            await WriteAsync(text);
        }
    }

    private void Begin(GatewayConnection connection, int number, HttpResponseMessage response, string answer)
    {
        using var document = JsonDocument.Parse(answer);
        var version = document.RootElement.TryGetProperty("result", out var result) && result.TryGetProperty("protocolVersion", out var given) ? given.GetString() : null;
        var session = response.Headers.TryGetValues("Mcp-Session-Id", out var ids) ? ids.First() : null;
        link = new Link(connection, number + 1) { Session = session, Version = version };
        if (listening.IsCompleted) listening = ListenAsync(end.Token);
    }

    private async Task ReconnectAsync(Link broken, CancellationToken cancellationToken)
    {
        await connecting.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(link, broken)) return;
            say("The gateway has changed; connecting again.");
            var connection = await connect(cancellationToken);
            await broken.Connection.DisposeAsync();
            link = new Link(connection, broken.Number + 1);
            if (initialize is not { } first) return;
            using var request = Request(HttpMethod.Post, link, null, first.As("again"));
            using var response = await connection.Client.PassAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) throw new CliFailureException(ExitCodes.Unreachable, "unreachable", await ProblemAsync(response, cancellationToken));
            await foreach (var text in MessagesAsync(response, cancellationToken)) Begin(connection, link.Number, response, text);
            using var ready = Request(HttpMethod.Post, link, link.Session, """{"jsonrpc":"2.0","method":"notifications/initialized"}""");
            using var _ = await connection.Client.PassAsync(ready, cancellationToken);
            await WriteAsync(OtherTools);
        }
        finally
        {
            connecting.Release();
        }
    }

    // What the gateway says unasked: that other tools can be used now.
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    using var request = Request(HttpMethod.Get, link!, link!.Session, null);
                    using var response = await link!.Connection.Client.PassAsync(request, cancellationToken);
                    if (response.IsSuccessStatusCode) await foreach (var text in MessagesAsync(response, cancellationToken)) await WriteAsync(text);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException)
                {
                    // The next message finds the gateway again.
                }

                await Task.Delay(ListenAgain, TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private async Task EndSessionAsync()
    {
        if (link is not { Session: { } session } last) return;
        try
        {
            using var limit = new CancellationTokenSource(Goodbye);
            using var request = Request(HttpMethod.Delete, last, session, null);
            using var response = await last.Connection.Client.PassAsync(request, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // It ends by itself when nobody uses it.
        }
    }

    private HttpRequestMessage Request(HttpMethod method, Link now, string? session, string? body)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(Json));
        request.Headers.Accept.ParseAdd(Json);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (session is not null) request.Headers.Add("Mcp-Session-Id", session);
        if (session is not null && now.Version is { } version) request.Headers.Add("MCP-Protocol-Version", version);
        return request;
    }

    private static async IAsyncEnumerable<string> MessagesAsync(HttpResponseMessage response, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.Accepted) yield break;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
            if (item.Data.Length > 0) yield return item.Data.ReplaceLineEndings(" ");
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.TryGetProperty("error", out var error)) root = error;
            if (root.TryGetProperty("message", out var message) && message.GetString() is { Length: > 0 } sentence) return sentence;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Whatever answered there is no gateway of ours.
        }

        return $"The gateway answered {(int)response.StatusCode}.";
    }

    private async Task WriteAsync(string line)
    {
        await writing.WaitAsync();
        try
        {
            await output.WriteLineAsync(line);
            await output.FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }

    private sealed record Link(GatewayConnection Connection, int Number)
    {
        public string? Session { get; init; }

        public string? Version { get; init; }
    }
}
