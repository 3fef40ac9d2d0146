using System.Security.Cryptography;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Keys;

namespace ChatOps.Node.Connection;

/// <summary>Both ends prove who they are; the gateway first, so that a join token is shown to nobody else.</summary>
internal sealed class Handshake(NodeIdentity identity, DaemonOptions options, string instance, Func<IReadOnlyDictionary<string, string>> facts, TimeProvider time)
{
    /// <summary>The other end's proven key; set once it is.</summary>
    public PublicKey? Gateway { get; private set; }

    /// <summary>The gateway's clock; set with <see cref="Gateway"/>.</summary>
    public GatewayTime? Clock { get; private set; }

    /// <summary>The gateway's answer; set when it let this node in.</summary>
    public WelcomeFrame? Welcome { get; private set; }

    /// <summary>Walks through it.</summary>
    /// <returns>Why it failed; <see langword="null"/> when it did not.</returns>
    public async Task<SessionEnd?> RunAsync(FrameSocket socket, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(FrameCodec.NonceBytes);
        var asked = time.GetTimestamp();
        await socket.SendAsync(new OpenFrame(FrameCodec.Protocol, nonce), cancellationToken);
        if (await NextAsync(socket, cancellationToken) is not { } first) return Failed("The relay ended the connection before it said who it is.");
        if (first is RefusedFrame refused) return Refused(refused);
        if (first is not ChallengeFrame challenge) return Failed("What answers there is no ChatOps relay.");
        if (Distrust(challenge, nonce, asked) is { } distrust) return distrust;

        await socket.SendAsync(Hello(challenge, nonce), cancellationToken);
        switch (await NextAsync(socket, cancellationToken))
        {
            case RefusedFrame no:
                return Refused(no);
            case WelcomeFrame welcome:
                // On disk before it is confirmed: the gateway counts on this generation from then on.
                if (Unremembered(new NodeMembership(welcome.Name, Convert.ToBase64String(challenge.Key), welcome.Generation, options.Pin ?? identity.Membership?.Pin)) is { } unremembered) return unremembered;
                await socket.SendAsync(new ConfirmFrame(welcome.Generation), cancellationToken);
                Welcome = welcome;
                return null;
            default:
                return Failed("The relay ended the connection before it let this node in.");
        }
    }

    private static async Task<Frame?> NextAsync(FrameSocket socket, CancellationToken cancellationToken) =>
        await socket.ReceiveAsync(cancellationToken) is { Output: null } message ? message.Control.Frame : null;

    private SessionEnd? Distrust(ChallengeFrame challenge, byte[] nonce, long asked)
    {
        if (challenge.Protocol is < FrameCodec.OldestProtocol or > FrameCodec.Protocol)
        {
            var todo = challenge.Protocol < FrameCodec.OldestProtocol ? "Bring the gateway up to date" : "Put the gateway's version of the daemon on this machine and restart it";
            return new(false, RefusalCode.Protocol, $"The gateway wants protocol {challenge.Protocol}, this daemon speaks {FrameCodec.OldestProtocol} to {FrameCodec.Protocol}. {todo}; the node's key and name stay.", false);
        }

        if (challenge.Nonce.Length != FrameCodec.NonceBytes || !PublicKey.TryRead(challenge.Key, out var key) || !key.Verifies(SignedText.Relay(nonce, challenge.Nonce, challenge.Time), challenge.Signature))
            return Failed("What answers there could not prove that it is a gateway.");
        var expected = identity.Membership is { } member ? member.Gateway == Convert.ToBase64String(challenge.Key)
            : options.JoinToken is { } token && key.Fingerprint.StartsWith(JoinTokenText.GatewayOf(token) ?? "-", StringComparison.Ordinal);
        if (!expected)
        {
            return new(false, RefusalCode.Identity, identity.Membership is not null
                ? "The gateway has another key than the one that this node joined. If that is meant, remove membership.json in the node's state directory and join anew with a token."
                : "The gateway that answers there is not the one that made the join token.", true);
        }

        Gateway = key;
        Clock = new GatewayTime(challenge.Time, asked, time);
        return null;
    }

    // A full disk must not end the daemon and with it the commands that run: it comes back when there is room.
    private SessionEnd? Unremembered(NodeMembership membership)
    {
        try
        {
            identity.Remember(membership);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed($"This node's membership cannot be written in {options.StateDirectory}: {e.Message} Make room there; it goes on trying.");
        }
    }

    private HelloFrame Hello(ChallengeFrame challenge, byte[] nonce)
    {
        var hello = new HelloFrame(
            identity.Membership?.Name ?? options.Name ?? NodeNames.OfMachine(), identity.Key.Public.Encoded.ToArray(), identity.Membership?.Generation ?? 0, instance, [],
            options.JoinToken, options.Version, options.Labels, facts());
        return hello with { Signature = identity.Key.Sign(SignedText.Hello(Gateway!, nonce, challenge.Nonce, hello)) };
    }

    private static SessionEnd Refused(RefusedFrame frame) => new(false, frame.Code, frame.Reason, frame.Final);

    private static SessionEnd Failed(string reason) => new(false, null, reason, false);
}
