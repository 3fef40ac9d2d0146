using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Keys;
using ChatOps.Testing;
using ChatOps.Tests.Node;

namespace ChatOps.Tests.Fleet;

/// <summary>Peers of another version: what was recorded of protocol 1 is read, sent and signed as it was, by today's gateway and by today's daemon.</summary>
public sealed class OlderPeerTests
{
    [Fact]
    public void Everything_that_was_recorded_is_read_and_means_what_it_meant()
    {
        foreach (var frame in SomeFrames.All)
        {
            var now = FrameCodec.Write(frame);
            var name = JsonDocument.Parse(now).RootElement.GetProperty("type").GetString()!;
            var recorded = RecordedFrames.All[name];
            Assert.Null(FrameCodec.Read(Encoding.UTF8.GetBytes(recorded)).Problem);
            Assert.Equal(now, FrameCodec.Write(FrameCodec.Read(Encoding.UTF8.GetBytes(recorded)).Frame!));
            Assert.Null(RecordedFrames.Lacks(JsonDocument.Parse(recorded).RootElement, JsonDocument.Parse(now).RootElement, name));
        }

        Assert.Equal(FrameCodec.Write(SomeFrames.Plan), FrameCodec.Write(FrameCodec.ReadPlan(Encoding.UTF8.GetBytes(RecordedFrames.All["plan"]))!));
        Assert.True(OutputChunk.TryRead(Convert.FromHexString(RecordedFrames.All["output"]), out var chunk));
        Assert.Equal(("01jd.web-1", 258L, "abc"), (chunk.Id, chunk.Offset, Encoding.ASCII.GetString(chunk.Bytes.Span)));
    }

    [Fact]
    public void What_is_signed_is_what_was_signed()
    {
        var challenge = Assert.IsType<ChallengeFrame>(FrameCodec.Read(Encoding.UTF8.GetBytes(RecordedFrames.All["challenge"])).Frame);
        Assert.Equal(RecordedFrames.All["signed-relay"], Convert.ToHexStringLower(SHA256.HashData(SignedText.Relay([1, 2, 3], challenge.Nonce, challenge.Time))));
        Assert.Equal(RecordedFrames.All["signed-grant"], Convert.ToHexStringLower(SHA256.HashData(SignedText.Grant(Encoding.UTF8.GetBytes(RecordedFrames.All["plan"])))));
        var hello = Assert.IsType<HelloFrame>(FrameCodec.Read(Encoding.UTF8.GetBytes(RecordedFrames.All["hello"])).Frame);
        Assert.True(PublicKey.TryRead(Convert.FromBase64String(RecordedFrames.All["key"]), out var gateway));
        Assert.Equal(RecordedFrames.All["signed-hello"], Convert.ToHexStringLower(SHA256.HashData(SignedText.Hello(gateway, [1, 2, 3], challenge.Nonce, hello))));
    }

    [Fact]
    public async Task A_daemon_of_that_time_joins_todays_gateway_and_does_what_it_is_asked()
    {
        await using var relay = await RelayHarness.StartAsync();
        using var key = KeyPair.Create();
        using var socket = await ConnectAsync(relay);
        await LetInAsync(socket, key, await relay.TokenAsync(("role", "web")));
        await relay.OnlineAsync("old-1");
        var node = relay.Nodes.All().Single(n => n.Name == "old-1");
        Assert.Equal("web", node.Labels["role"]);
        Assert.Contains("0.0.1", node.Upgrade, StringComparison.Ordinal);
        Assert.Contains("restart the daemon", node.Upgrade, StringComparison.Ordinal);

        var run = relay.Nodes.ExecuteAsync(RelayHarness.Read("old-1"), new Watcher(), CancellationToken.None);
        var execute = await NextAsync(socket, "execute");
        Assert.Null(RecordedFrames.Lacks(JsonDocument.Parse(RecordedFrames.All["execute"]).RootElement, execute, "execute"));
        var plan = JsonDocument.Parse(execute.GetProperty("plan").GetBytesFromBase64()).RootElement;
        Assert.Null(RecordedFrames.Lacks(JsonDocument.Parse(RecordedFrames.All["plan"]).RootElement, plan, "plan"));
        var id = plan.GetProperty("id").GetString()!;
        await SendAsync(socket, RecordedFrames.With("accepted", ("id", id)));
        var message = new byte[OutputChunk.MaxHeaderBytes + 3];
        var header = OutputChunk.WriteHeader(message, id, 0);
        "old"u8.CopyTo(message.AsSpan(header));
        await socket.SendAsync(message.AsMemory(0, header + 3), WebSocketMessageType.Binary, true, CancellationToken.None);
        await SendAsync(socket, RecordedFrames.With("result", ("id", id), ("output", "old"), ("totalBytes", 3), ("streamedBytes", 3), ("message", null)));
        var result = await run.WaitAsync(Testing.Until.Limit, TestContext.Current.CancellationToken);
        Assert.Equal((ExecutionEnd.Exited, 0, "old"), (result.End, result.ExitCode, result.Output));
        Assert.Equal(id, (await NextAsync(socket, "forget")).GetProperty("id").GetString());

        // What it does not know it answers as it always did, and stays.
        await SendAsync(socket, RecordedFrames.With("error", ("about", "teleport")));
        Assert.Equal(NodeState.Online, relay.State("old-1"));
    }

    [Fact]
    public async Task Todays_daemon_joins_a_gateway_of_that_time_and_does_what_it_is_asked()
    {
        using var directory = new TempDirectory();
        using var gateway = KeyPair.Create();
        await using var relay = await FakeRelay.StartAsync(gateway);
        var daemon = relay.Daemon(directory["node"]);
        var node = await relay.LetInAsync((name, changes) => RecordedFrames.With(name, changes));

        var plan = JsonNode.Parse(RecordedFrames.All["plan"])!.AsObject();
        plan.Remove("input");
        (plan["id"], plan["nodeKey"], plan["notAfter"]) = ("old-run-1", node.Fingerprint, TimeProvider.System.GetUtcNow().AddSeconds(10).ToUnixTimeMilliseconds());
        (plan["line"], plan["program"]) = ("echo of that time", null);
        plan["risk"] = "Change";
        plan["approval"] = "A7K2Q9";
        var bytes = Encoding.UTF8.GetBytes(plan.ToJsonString());
        var answer = await relay.AskAsync(RecordedFrames.With("execute", ("plan", RecordedFrames.Base64(bytes)), ("signature", RecordedFrames.Base64(gateway.Sign(SignedText.Grant(bytes))))));
        var result = Assert.IsType<ResultFrame>(answer);
        Assert.Equal((ExecutionEnd.Exited, 0, "of that time\n"), (result.End, result.ExitCode, result.Output));
        Assert.Null(RecordedFrames.Lacks(JsonDocument.Parse(RecordedFrames.All["result"]).RootElement, JsonDocument.Parse(FrameCodec.Write(result)).RootElement, "result"));
        Assert.Equal(7, Assert.IsType<PongFrame>(await relay.AskAsync(RecordedFrames.With("ping", ("number", 7)))).Number);
        await daemon.StopAsync();
    }

    [Fact]
    public async Task A_daemon_that_is_too_old_is_told_what_to_do()
    {
        await using var relay = await RelayHarness.StartAsync();
        using var socket = await ConnectAsync(relay);
        await SendAsync(socket, RecordedFrames.With("open", ("protocol", FrameCodec.OldestProtocol - 1), ("nonce", RecordedFrames.Base64(new byte[FrameCodec.NonceBytes]))));
        var refused = await NextAsync(socket, "refused");
        Assert.Equal(RefusalCode.Protocol, refused.GetProperty("code").GetString());
        Assert.Contains("too old", refused.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("Put the gateway's version of it on this machine", refused.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(refused.GetProperty("final").GetBoolean());
    }

    [Fact]
    public async Task A_daemon_that_is_newer_is_answered_in_the_protocol_of_the_gateway()
    {
        await using var relay = await RelayHarness.StartAsync();
        using var socket = await ConnectAsync(relay);
        await SendAsync(socket, RecordedFrames.With("open", ("protocol", FrameCodec.Protocol + 1), ("nonce", RecordedFrames.Base64(new byte[FrameCodec.NonceBytes]))));
        Assert.Equal(FrameCodec.Protocol, (await NextAsync(socket, "challenge")).GetProperty("protocol").GetInt32());
    }

    [Theory]
    [InlineData(0, "Bring the gateway up to date")]
    [InlineData(99, "Put the gateway's version of the daemon on this machine")]
    public async Task A_gateway_whose_protocol_the_daemon_does_not_speak_is_said_with_what_to_do(int protocol, string todo)
    {
        using var directory = new TempDirectory();
        using var gateway = KeyPair.Create();
        await using var relay = await FakeRelay.StartAsync(gateway);
        var daemon = relay.Daemon(directory["node"]);
        await relay.ChallengeAsync((name, changes) => RecordedFrames.With(name, [.. changes.Select(c => c.Member == "protocol" ? ("protocol", protocol) : c)]));
        await Testing.Until.TrueAsync(() => daemon.Log.Contains(todo, StringComparison.Ordinal));
        await daemon.StopAsync();
    }

    // As a daemon without labels, facts and whatever came later: the recorded hello, without what was optional then.
    private static async Task LetInAsync(ClientWebSocket socket, KeyPair key, string token)
    {
        var nonce = RandomNumberGenerator.GetBytes(FrameCodec.NonceBytes);
        await SendAsync(socket, RecordedFrames.With("open", ("nonce", RecordedFrames.Base64(nonce))));
        var challenge = await NextAsync(socket, "challenge");
        Assert.True(PublicKey.TryRead(challenge.GetProperty("key").GetBytesFromBase64(), out var gateway));
        var hello = new HelloFrame("old-1", key.Public.Encoded.ToArray(), 0, "i", [], token);
        var signature = key.Sign(SignedText.Hello(gateway, nonce, challenge.GetProperty("nonce").GetBytesFromBase64(), hello));
        await SendAsync(socket, RecordedFrames.With(
            "hello", ("name", hello.Name), ("key", RecordedFrames.Base64(hello.Key)), ("generation", 0), ("signature", RecordedFrames.Base64(signature)), ("token", token), ("version", "0.0.1"),
            ("labels", null), ("facts", null)));
        var welcome = await NextAsync(socket, "welcome");
        Assert.Null(RecordedFrames.Lacks(JsonDocument.Parse(RecordedFrames.All["welcome"]).RootElement, welcome, "welcome"));
        await SendAsync(socket, RecordedFrames.With("confirm", ("generation", welcome.GetProperty("generation").GetInt64())));
    }

    private static async Task<ClientWebSocket> ConnectAsync(RelayHarness relay)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(IRelay.SubProtocol);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{relay.Port}/relay"), CancellationToken.None);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string message) => socket.SendAsync(RecordedFrames.Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    // The next message of that kind; pings in between are answered, as every daemon does.
    private static async Task<JsonElement> NextAsync(ClientWebSocket socket, string type)
    {
        using var limit = new CancellationTokenSource(Testing.Until.Limit);
        var buffer = new byte[FrameCodec.MaxControlBytes];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
            var message = JsonDocument.Parse(buffer.AsMemory(0, length).ToArray()).RootElement;
            if (message.GetProperty("type").GetString() == type) return message;
            if (message.GetProperty("type").GetString() == "ping") await SendAsync(socket, RecordedFrames.With("pong", ("number", message.GetProperty("number").GetInt64()), ("facts", null)));
        }
    }
}
