using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Tools;

namespace ChatOps.Channels.Slack.Client;

/// <summary>One socket: frames in, acknowledgements out. A ping without an answer ends it, so that a half-open connection is noticed.</summary>
internal sealed class SlackSocket : IDisposable
{
    /// <summary>Largest frame in bytes; larger ones end the socket.</summary>
    public const int MaxFrame = 4 * 1024 * 1024;

    private const int ReadSize = 16 * 1024;

    private readonly ClientWebSocket socket;
    private readonly SocketTimings timings;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly ArrayBufferWriter<byte> buffer = new(ReadSize);

    private SlackSocket(ClientWebSocket socket, SocketTimings timings) => (this.socket, this.timings) = (socket, timings);

    /// <summary>Whether it can carry something.</summary>
    public bool Open => socket.State == WebSocketState.Open;

    /// <summary>Connects. The address holds a ticket, so nothing that is thrown quotes it.</summary>
    /// <exception cref="WebSocketException">No connection.</exception>
    public static async Task<SlackSocket> ConnectAsync(Uri address, HttpMessageInvoker invoker, SocketTimings timings, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = timings.Ping;
        socket.Options.KeepAliveTimeout = timings.Pong;
        try
        {
            await socket.ConnectAsync(address, invoker, cancellationToken);
            return new SlackSocket(socket, timings);
        }
        catch (Exception error) when (error is WebSocketException or HttpRequestException)
        {
            socket.Dispose();
            throw new WebSocketException(WebSocketError.Faulted, "Slack's socket cannot be opened.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The next text frame; null at the end of the socket, however it came.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        buffer.ResetWrittenCount();
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.GetMemory(ReadSize), cancellationToken);
                if (result.MessageType == WebSocketMessageType.Close) return null;
                buffer.Advance(result.Count);
                if (buffer.WrittenCount > MaxFrame) return null;
                if (!result.EndOfMessage) continue;
                if (result.MessageType == WebSocketMessageType.Text) return buffer.WrittenMemory;
                buffer.ResetWrittenCount();
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The keep-alive gave up.
            return null;
        }
    }

    /// <summary>Acknowledges an envelope.</summary>
    /// <returns>Whether it was written; when not, Slack delivers the envelope again.</returns>
    public async Task<bool> AcknowledgeAsync(string envelopeId, JsonNode? payload, CancellationToken cancellationToken)
    {
        var answer = new JsonObject { ["envelope_id"] = envelopeId };
        if (payload is not null) answer["payload"] = payload;
        var bytes = Encoding.UTF8.GetBytes(answer.ToJsonString(Json.Options));
        try
        {
            await writing.WaitAsync(cancellationToken);
            try
            {
                if (!Open) return false;
                await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
                return true;
            }
            finally
            {
                writing.Release();
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Says goodbye, for a moment at most.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(timings.Close);
        try
        {
            await writing.WaitAsync(limit.Token);
            try
            {
                if (Open) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", limit.Token);
            }
            finally
            {
                writing.Release();
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // It is ended either way.
        }
    }

    public void Dispose() => socket.Dispose();
}
