using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace ChatOps.Channels.Discord;

/// <summary>One WebSocket: whole frames in and out, bounded in size, and never more than Discord allows in a minute.</summary>
internal sealed class GatewaySocket(HttpMessageInvoker http, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Closing with 1000 or 1001 would end the session.</summary>
    public const int KeepSession = 4000;

    /// <summary>Largest payload that Discord takes, in bytes.</summary>
    public const int MaxPayload = 4096;

    /// <summary>Largest frame that is read: a large server's channels come in one.</summary>
    public const int MaxFrame = 16 * 1024 * 1024;

    /// <summary>Frames that may be sent within <see cref="SendWindow"/>. Discord's limit is 120.</summary>
    public const int MaxSends = 115;

    /// <summary>See <see cref="MaxSends"/>.</summary>
    public static readonly TimeSpan SendWindow = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly Queue<long> sends = new();

    /// <summary>Discord's close code; null while open or when the connection broke without one.</summary>
    public int? CloseCode => socket.CloseStatus is { } status ? (int)status : null;

    /// <summary>Connects.</summary>
    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var limit = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await socket.ConnectAsync(address, http, either.Token);
    }

    /// <summary>The next frame; null when the connection is over or what came is none.</summary>
    public async Task<GatewayFrame?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var whole = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var part = await socket.ReceiveAsync(whole.GetMemory(4096), cancellationToken);
            if (part.MessageType != WebSocketMessageType.Text) return null;
            whole.Advance(part.Count);
            if (whole.WrittenCount > MaxFrame) return null;
            if (part.EndOfMessage) return DiscordJson.TryRead<GatewayFrame>(whole.WrittenSpan);
        }
    }

    /// <summary>Sends a frame.</summary>
    /// <returns>False when the minute's sends are used up: whoever goes on would be dropped by Discord.</returns>
    public async Task<bool> SendAsync(int op, object? data, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?> { ["op"] = op, ["d"] = data }, DiscordJson.Options);
        if (payload.Length > MaxPayload) throw new InvalidOperationException($"A gateway payload of {payload.Length} bytes; Discord takes {MaxPayload}.");
        await sending.WaitAsync(cancellationToken);
        try
        {
            while (sends.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= SendWindow) sends.Dequeue();
            if (sends.Count >= MaxSends) return false;
            sends.Enqueue(time.GetTimestamp());
            using var limit = new CancellationTokenSource(SendTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await socket.SendAsync(payload, WebSocketMessageType.Text, endOfMessage: true, either.Token);
            return true;
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Closes so that the session can be resumed. A peer that is gone is not waited for.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(CloseTimeout);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync((WebSocketCloseStatus)KeepSession, "reconnecting", limit.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // It is over either way.
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        sending.Dispose();
        return ValueTask.CompletedTask;
    }
}
