using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOps.Testing.Slack;

/// <summary>One socket, as the server sees it.</summary>
public sealed class SlackLink : IDisposable
{
    private readonly WebSocket socket;

    // Closed until the first frame is out: whoever finds the socket in the list must not speak before Slack has said hello.
    private readonly SemaphoreSlim writing = new(0, 1);
    private readonly CancellationTokenSource aborted = new();
    private readonly FreezableStream line;

    internal SlackLink(Stream line)
    {
        this.line = new FreezableStream(line);
        socket = WebSocket.CreateFromStream(this.line, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
    }

    /// <summary>Reads nothing any more and answers no ping: half of the connection is dead.</summary>
    public void Freeze() => line.Freeze();

    /// <summary>Cuts it.</summary>
    public void Abort()
    {
        try
        {
            aborted.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        socket.Abort();
    }

    /// <summary>Closes it with a word.</summary>
    public async Task CloseAsync()
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // Gone already.
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        aborted.Dispose();
    }

    /// <summary>Says the first frame, if there is one; others may speak from now on.</summary>
    internal async Task OpenAsync(JsonObject? first)
    {
        if (first is null) writing.Release();
        else await WriteAsync(first.ToJsonString());
    }

    internal Task SendAsync(JsonObject frame) => SendTextAsync(frame.ToJsonString());

    internal async Task SendTextAsync(string text)
    {
        await writing.WaitAsync();
        await WriteAsync(text);
    }

    private async Task WriteAsync(string text)
    {
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, aborted.Token);
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The client is gone: what was to be said is lost, as on a real line.
        }
        finally
        {
            writing.Release();
        }
    }

    internal async Task<string?> ReadAsync()
    {
        var chunk = new byte[16 * 1024];
        using var text = new MemoryStream();
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(chunk.AsMemory(), aborted.Token);
                if (result.MessageType == WebSocketMessageType.Close) return null;
                text.Write(chunk, 0, result.Count);
                if (result.EndOfMessage) return Encoding.UTF8.GetString(text.ToArray());
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }
}
