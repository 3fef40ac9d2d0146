using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Http;

/// <summary>A conversation over HTTP, whose answers are read as they come.</summary>
internal sealed class Chat : IDisposable
{
    private readonly GatewayProcess gateway;
    private readonly string name;
    private readonly int recent;
    private readonly List<string> lines = [];
    private readonly CancellationTokenSource ended = new();

    private Chat(GatewayProcess gateway, string name, int recent)
    {
        this.gateway = gateway;
        this.name = name;
        this.recent = recent;
    }

    /// <summary>What came so far, a JSON object a line.</summary>
    public string Heard
    {
        get
        {
            lock (lines) return string.Join('\n', lines);
        }
    }

    /// <summary>Listens from now on, and to so many of the newest entries that are there already.</summary>
    public static async Task<Chat> OpenAsync(GatewayProcess gateway, string name, int recent = 0)
    {
        var chat = new Chat(gateway, name, recent);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = chat.ListenAsync(ready);
        await ready.Task.WaitAsync(Until.Limit);
        return chat;
    }

    public Task<HttpResponseMessage> SayAsync(string text) => gateway.Client.PostAsJsonAsync(
        "/api/chat/messages", new JsonObject { ["conversation"] = name, ["clientId"] = Guid.NewGuid().ToString("N"), ["text"] = text });

    /// <summary>Says something to a gateway that dies once it has taken it in, perhaps before it answers.</summary>
    public async Task SayToTheDyingAsync(string text)
    {
        try
        {
            using var answer = await SayAsync(text);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The message is stored: only then come the places where it dies.
        }
    }

    public Task HearsAsync(string text) => Until.TrueAsync(
        () => Task.FromResult(Heard.Contains(text, StringComparison.Ordinal)), () => $"Nobody said '{text}', but:\n{Heard}");

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    private async Task ListenAsync(TaskCompletionSource ready)
    {
        try
        {
            await using var stream = await gateway.Client.GetStreamAsync(new Uri($"/api/chat/{name}/events?recent={recent}", UriKind.Relative), ended.Token);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(ended.Token) is { } line)
            {
                lock (lines) lines.Add(line);
                if (line.Contains("\"event\":\"ready\"", StringComparison.Ordinal)) ready.TrySetResult();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException or ObjectDisposedException)
        {
            ready.TrySetException(e);
        }
    }
}
