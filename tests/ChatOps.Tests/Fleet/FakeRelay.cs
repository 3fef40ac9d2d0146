using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Keys;
using ChatOps.Node;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fleet;

/// <summary>A relay that says what a test wants it to say.</summary>
internal sealed class FakeRelay : IAsyncDisposable
{
    private readonly Channel<(WebSocket Socket, TaskCompletionSource Done)> connections = Channel.CreateUnbounded<(WebSocket, TaskCompletionSource)>();
    private readonly KeyPair gateway;
    private readonly WebApplication app;
    private WebSocket? socket;
    private FrameSocket? frames;

    private FakeRelay(KeyPair gateway)
    {
        this.gateway = gateway;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/relay", async (HttpContext context) =>
        {
            using var accepted = await context.WebSockets.AcceptWebSocketAsync(IRelay.SubProtocol);
            var done = new TaskCompletionSource();
            connections.Writer.TryWrite((accepted, done));
            await done.Task.WaitAsync(Testing.Until.Limit);
        });
    }

    public static async Task<FakeRelay> StartAsync(KeyPair gateway)
    {
        var relay = new FakeRelay(gateway);
        await relay.app.StartAsync();
        return relay;
    }

    public DaemonRun Daemon(string state) => new(new DaemonOptions
    {
        Relay = new Uri(app.Urls.First().Replace("http", "ws", StringComparison.Ordinal)), StateDirectory = state, Name = "web-1", JoinToken = "secret." + gateway.Public.Fingerprint[..32],
        FirstReconnect = TimeSpan.FromMilliseconds(10), StopPatience = TimeSpan.Zero,
    });

    /// <summary>Takes the next connection through the handshake; answers with the node's key.</summary>
    public async Task<PublicKey> LetInAsync(int heartbeatMilliseconds = 60_000)
    {
        (socket, _) = await connections.Reader.ReadAsync().AsTask().WaitAsync(Testing.Until.Limit);
        frames = new FrameSocket(socket);
        var open = Assert.IsType<OpenFrame>(await NextAsync());
        var nonce = RandomNumberGenerator.GetBytes(FrameCodec.NonceBytes);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await frames.SendAsync(new ChallengeFrame(1, nonce, gateway.Public.Encoded.ToArray(), now, gateway.Sign(SignedText.Relay(open.Nonce, nonce, now))), CancellationToken.None);
        var hello = Assert.IsType<HelloFrame>(await NextAsync());
        Assert.True(PublicKey.TryRead(hello.Key, out var key));
        Assert.True(key.Verifies(SignedText.Hello(gateway.Public, open.Nonce, nonce, hello), hello.Signature));
        await frames.SendAsync(new WelcomeFrame("web-1", hello.Generation + 1, heartbeatMilliseconds), CancellationToken.None);
        Assert.IsType<ConfirmFrame>(await NextAsync());
        return key;
    }

    /// <summary>The same, with messages that somebody else writes: what goes out is what a function makes of a message's name and the values that only this connection has.</summary>
    public async Task<PublicKey> LetInAsync(Func<string, (string Member, JsonNode? Value)[], string> write)
    {
        var (open, nonce) = await ChallengeAsync(write);
        var hello = Assert.IsType<HelloFrame>(await NextAsync());
        Assert.True(PublicKey.TryRead(hello.Key, out var key));
        Assert.True(key.Verifies(SignedText.Hello(gateway.Public, open.Nonce, nonce, hello), hello.Signature));
        await SendAsync(write("welcome", [("name", "web-1"), ("generation", hello.Generation + 1), ("heartbeatMilliseconds", 60_000)]));
        Assert.IsType<ConfirmFrame>(await NextAsync());
        return key;
    }

    /// <summary>Takes the next connection and proves the gateway to it.</summary>
    public async Task<(OpenFrame Open, byte[] Nonce)> ChallengeAsync(Func<string, (string Member, JsonNode? Value)[], string> write)
    {
        (socket, _) = await connections.Reader.ReadAsync().AsTask().WaitAsync(Testing.Until.Limit);
        frames = new FrameSocket(socket);
        var open = Assert.IsType<OpenFrame>(await NextAsync());
        var nonce = RandomNumberGenerator.GetBytes(FrameCodec.NonceBytes);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await SendAsync(write("challenge",
        [
            ("protocol", FrameCodec.OldestProtocol), ("nonce", Convert.ToBase64String(nonce)), ("key", Convert.ToBase64String(gateway.Public.Encoded)), ("time", now),
            ("signature", Convert.ToBase64String(gateway.Sign(SignedText.Relay(open.Nonce, nonce, now)))),
        ]));
        return (open, nonce);
    }

    /// <summary>Sends a frame and waits for the next that is not an acceptance.</summary>
    public Task<Frame?> AskAsync(Frame frame) => AskAsync(Encoding.UTF8.GetString(FrameCodec.Write(frame)));

    public async Task<Frame?> AskAsync(string text)
    {
        await SendAsync(text);
        while (true)
        {
            if (await NextAsync() is not AcceptedFrame and var answer) return answer;
        }
    }

    public async ValueTask DisposeAsync()
    {
        connections.Writer.Complete();
        await app.DisposeAsync();
    }

    private Task SendAsync(string text) => socket!.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<Frame?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Testing.Until.Limit);
        FrameMessage? message;
        do message = await frames!.ReceiveAsync(limit.Token);
        while (message?.Output is not null);
        return message?.Control.Frame;
    }
}
