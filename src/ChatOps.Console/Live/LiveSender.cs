using System.Net.WebSockets;
using System.Text.Json;
using ChatOps.Tools;

namespace ChatOps.Console.Live;

/// <summary>Sends to one browser, one message at a time; a browser that does not take it in time is dropped and comes back by itself.</summary>
internal sealed class LiveSender(WebSocket socket, TimeSpan timeout) : IDisposable
{
    private const int ReceiveBytes = 512;
    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task SendAsync(LiveMessage message, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(timeout);
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, Json.Options), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Completes when the browser closes. A page sends nothing here, so whatever comes ends the connection.</summary>
    public async Task UntilClosedAsync(CancellationToken cancellationToken) => await socket.ReceiveAsync(new byte[ReceiveBytes], cancellationToken);

    public async Task CloseAsync()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using var limit = new CancellationTokenSource(timeout);
        await turn.WaitAsync(limit.Token);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
