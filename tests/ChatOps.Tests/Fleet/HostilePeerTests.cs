using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Keys;
using ChatOps.Testing;
using ChatOps.Tests.Node;

namespace ChatOps.Tests.Fleet;

/// <summary>Who talks to the relay without being a node, and what a gateway's connection is worth without the gateway's key.</summary>
public sealed class HostilePeerTests
{
    [Fact]
    public async Task Garbage_ends_the_connection_and_hurts_nobody_else()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        var random = new Random(20261121);
        var samples = SomeFrames.All.Select(FrameCodec.Write).ToList();
        for (var round = 0; round < 40; round++)
        {
            using var socket = await ConnectAsync(relay);
            for (var message = 0; message < 5 && socket.State == WebSocketState.Open; message++)
            {
                var bytes = round % 2 == 0 ? samples[random.Next(samples.Count)] : RandomNumberGenerator.GetBytes(random.Next(1, 4096));
                if (round % 2 == 0) bytes[random.Next(bytes.Length)] ^= 0x20;
                try
                {
                    await socket.SendAsync(bytes, round % 3 == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, CancellationToken.None);
                }
                catch (WebSocketException)
                {
                    break;
                }
            }
        }

        Assert.True((await relay.Nodes.ExecuteAsync(RelayHarness.Read("web-1"), new Watcher(), CancellationToken.None)).Succeeded);
        Assert.Equal(["web-1"], relay.Nodes.All().Where(n => n.Kind == NodeKind.Daemon).Select(n => n.Name));
    }

    [Fact]
    public async Task A_message_without_end_is_cut_off_and_not_collected()
    {
        await using var relay = await RelayHarness.StartAsync();
        using var socket = await ConnectAsync(relay);
        var piece = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
        var sent = 0L;
        var failure = await Record.ExceptionAsync(async () =>
        {
            while (sent < 64L * 1024 * 1024)
            {
                await socket.SendAsync(piece, WebSocketMessageType.Text, false, CancellationToken.None);
                sent += piece.Length;
            }
        });
        Assert.NotNull(failure);
        Assert.True(sent < 64L * 1024 * 1024);
    }

    [Fact]
    public async Task A_name_without_its_key_and_a_proof_for_another_nonce_are_refused()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        var session = relay.Sessions.Find("web-1");
        using var stranger = KeyPair.Create();
        var known = PublicKeyOf(relay, "web-1");

        // The known name and key, signed by somebody who does not have it.
        Assert.Equal(RefusalCode.Identity, (await GreetAsync(relay, (_, _, _) => new HelloFrame("web-1", known, 1, "i", stranger.Sign([1])))).Code);

        // The known name with a key of his own, properly proven, and no token.
        Assert.Equal(RefusalCode.Identity, (await GreetAsync(relay, (gateway, node, nonce) => Signed(stranger, gateway, node, nonce))).Code);

        // A right proof, recorded from another connection.
        Assert.Equal(RefusalCode.Identity, (await GreetAsync(relay, (gateway, node, _) => Signed(stranger, gateway, node, RandomNumberGenerator.GetBytes(32)))).Code);
        Assert.Same(session, relay.Sessions.Find("web-1"));
        Assert.Null(relay.Nodes.All().Single(n => n.Name == "web-1").Alert);
    }

    [Fact]
    public async Task Whoever_takes_over_the_relay_can_run_nothing_on_a_node()
    {
        using var directory = new TempDirectory();
        using var gateway = KeyPair.Create();
        using var thief = KeyPair.Create();
        await using var relay = await FakeRelay.StartAsync(gateway);
        var daemon = relay.Daemon(directory["node"]);
        var node = await relay.LetInAsync();

        var plan = FrameCodec.Write(SomeFrames.Plan with { Node = "web-1", NodeKey = node.Fingerprint, NotAfter = long.MaxValue / 2, Approval = "A7K2Q9" });
        var good = FrameCodec.Write(SomeFrames.Plan with { Node = "web-1", NodeKey = node.Fingerprint, NotAfter = TimeProvider.System.GetUtcNow().AddSeconds(5).ToUnixTimeMilliseconds() });
        Assert.IsType<ErrorFrame>(await relay.AskAsync(new ExecuteFrame(good, thief.Sign(SignedText.Grant(good)), 1024)));
        Assert.IsType<ErrorFrame>(await relay.AskAsync(new ExecuteFrame(good, [], 1024)));
        Assert.Contains("longer than", Assert.IsType<RejectedFrame>(await relay.AskAsync(new ExecuteFrame(plan, gateway.Sign(SignedText.Grant(plan)), 1024))).Reason);

        // The same connection with the right key runs it, so it was the key that was missing.
        Assert.Equal(ExecutionEnd.Exited, Assert.IsType<ResultFrame>(await relay.AskAsync(new ExecuteFrame(good, gateway.Sign(SignedText.Grant(good)), 1024))).End);
        await daemon.StopAsync();
    }

    [Fact]
    public async Task A_frame_of_a_newer_gateway_is_answered_with_an_error_and_the_connection_goes_on()
    {
        using var directory = new TempDirectory();
        using var gateway = KeyPair.Create();
        await using var relay = await FakeRelay.StartAsync(gateway);
        var daemon = relay.Daemon(directory["node"]);
        await relay.LetInAsync();
        var error = Assert.IsType<ErrorFrame>(await relay.AskAsync("""{"type":"teleport","to":"mars"}"""));
        Assert.Equal("teleport", error.About);
        Assert.IsType<ErrorFrame>(await relay.AskAsync("not even JSON"));
        Assert.Equal(7, Assert.IsType<PongFrame>(await relay.AskAsync("""{"type":"ping","number":7,"facts":false,"urgency":"high"}""")).Number);
        Assert.IsType<NotKnownFrame>(await relay.AskAsync(new AttachFrame("never", 0, 1)));
        await daemon.StopAsync();
    }

    [Fact]
    public async Task A_gateway_that_falls_silent_is_given_up_within_two_beats()
    {
        using var directory = new TempDirectory();
        using var gateway = KeyPair.Create();
        await using var relay = await FakeRelay.StartAsync(gateway);
        var daemon = relay.Daemon(directory["node"]);
        await relay.LetInAsync(heartbeatMilliseconds: 200);
        await Until.TrueAsync(() => daemon.Log.Contains("silent", StringComparison.Ordinal));
        await relay.LetInAsync();
        await daemon.StopAsync();
    }

    private static HelloFrame Signed(KeyPair key, PublicKey gateway, byte[] node, byte[] nonce)
    {
        var hello = new HelloFrame("web-1", key.Public.Encoded.ToArray(), 1, "i", []);
        return hello with { Signature = key.Sign(SignedText.Hello(gateway, node, nonce, hello)) };
    }

    private static byte[] PublicKeyOf(RelayHarness relay, string name) => Convert.FromBase64String(relay.Rows.Find(name)!.Key);

    private static async Task<RefusedFrame> GreetAsync(RelayHarness relay, Func<PublicKey, byte[], byte[], HelloFrame> make)
    {
        using var frames = new FrameSocket(await ConnectAsync(relay));
        var nonce = RandomNumberGenerator.GetBytes(FrameCodec.NonceBytes);
        await frames.SendAsync(new OpenFrame(FrameCodec.Protocol, nonce), CancellationToken.None);
        var challenge = Assert.IsType<ChallengeFrame>((await frames.ReceiveAsync(CancellationToken.None))!.Value.Control.Frame);
        Assert.True(PublicKey.TryRead(challenge.Key, out var gateway));
        await frames.SendAsync(make(gateway, nonce, challenge.Nonce), CancellationToken.None);
        return Assert.IsType<RefusedFrame>((await frames.ReceiveAsync(CancellationToken.None))!.Value.Control.Frame);
    }

    private static async Task<ClientWebSocket> ConnectAsync(RelayHarness relay)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(IRelay.SubProtocol);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{relay.Port}/relay"), CancellationToken.None);
        return socket;
    }
}
