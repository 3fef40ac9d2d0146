using System.Net.WebSockets;

namespace ChatOps.Fleet.Frames;

/// <summary>
/// Frames over a WebSocket, the same at both ends: one sender at a time, bounded messages. Whatever is wrong with the connection shows as its end.
/// </summary>
/// <param name="socket">The connection; owned.</param>
public sealed class FrameSocket(WebSocket socket) : IDisposable
{
    private const int IdleBufferBytes = 4 * 1024;
    private const int KeptBufferBytes = 64 * 1024;
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource aborted = new();
    private byte[] buffer = new byte[IdleBufferBytes];

    /// <summary>When something was last received, as <see cref="Environment.TickCount64"/>.</summary>
    public long LastReceived { get; private set; } = Environment.TickCount64;

    /// <summary>Sends a control message.</summary>
    /// <returns>Whether the connection took it; that says nothing about its arrival.</returns>
    public Task<bool> SendAsync(Frame frame, CancellationToken cancellationToken) => SendAsync(FrameCodec.Write(frame), WebSocketMessageType.Text, cancellationToken);

    /// <summary>Sends a piece of output with its header.</summary>
    /// <param name="message">From <see cref="OutputChunk.WriteHeader"/> on.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    /// <returns>Whether the connection took it.</returns>
    public Task<bool> SendOutputAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => SendAsync(message, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>Waits for the next message.</summary>
    /// <param name="cancellationToken">Ends the connection.</param>
    /// <returns>The message; its bytes are valid until the next call. <see langword="null"/> when the connection has ended.</returns>
    public async ValueTask<FrameMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (buffer.Length > KeptBufferBytes) buffer = new byte[IdleBufferBytes];
        try
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length && !Grow()) return Break();
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                length += received.Count;
                if (!received.EndOfMessage) continue;
                LastReceived = Environment.TickCount64;
                if (received.MessageType == WebSocketMessageType.Text) return new FrameMessage(FrameCodec.Read(buffer.AsSpan(0, length)), null);
                return OutputChunk.TryRead(buffer.AsMemory(0, length), out var chunk) ? new FrameMessage(default, chunk) : Break();
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            return null;
        }
    }

    /// <summary>Says good-bye and ends the connection.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(CloseTime);
        try
        {
            await sending.WaitAsync(limit.Token);
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // It had ended already.
        }
    }

    /// <summary>Ends the connection at once.</summary>
    public void Abort()
    {
        // A send that waits for the peer to read does not end with the socket by itself.
        aborted.Cancel();
        socket.Abort();
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static bool IsEnd(Exception e) => e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException;

    private async Task<bool> SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled) cancellationToken = aborted.Token;
        try
        {
            await sending.WaitAsync(cancellationToken);
            try
            {
                await socket.SendAsync(message, type, WebSocketMessageFlags.EndOfMessage, cancellationToken);
                return true;
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            return false;
        }
    }

    private bool Grow()
    {
        if (buffer.Length >= FrameCodec.MaxControlBytes) return false;
        Array.Resize(ref buffer, Math.Min(buffer.Length * 4, FrameCodec.MaxControlBytes));
        return true;
    }

    // Too long, or no frame: such a peer is not one of ours.
    private FrameMessage? Break()
    {
        socket.Abort();
        return null;
    }
}
