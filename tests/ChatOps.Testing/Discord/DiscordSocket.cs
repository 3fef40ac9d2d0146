using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace ChatOps.Testing.Discord;

/// <summary>One connection of a bot. Frames go out in order, whoever sends them.</summary>
internal sealed class DiscordSocket(WebSocket socket)
{
    private readonly Channel<(string? Text, int? Close)> outgoing = Channel.CreateUnbounded<(string?, int?)>();

    public WebSocket WebSocket => socket;

    public DiscordSession? Session { get; set; }

    /// <summary>When the client beat; empty before the first.</summary>
    public List<DateTimeOffset> Beats { get; } = [];

    /// <summary>When frames came in, for the limit.</summary>
    public Queue<DateTimeOffset> Received { get; } = new();

    /// <summary>The close code that the client sent; null when it just went.</summary>
    public int? ClosedWith { get; set; }

    /// <summary>Whether the client is gone.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The path and query of the connection.</summary>
    public string Address { get; init; } = "";

    public void Send(JsonObject frame) => outgoing.Writer.TryWrite((frame.ToJsonString(), null));

    public void SendText(string text) => outgoing.Writer.TryWrite((text, null));

    public void Close(int code) => outgoing.Writer.TryWrite((null, code));

    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (text, close) in outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                if (text is not null) await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellationToken);
                if (close is { } code) await socket.CloseOutputAsync((WebSocketCloseStatus)code, "closed by the server", cancellationToken);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // The client is gone.
        }
    }
}
