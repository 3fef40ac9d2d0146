using System.Net.WebSockets;
using System.Security.Cryptography;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Keys;
using ChatOps.Fleet.Membership;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Fleet.Relay;

/// <summary>Serves the connections of nodes: proof, admission, then one session each.</summary>
internal sealed partial class RelayServer(
    KeyPair gateway, Admission admission, NodeDirectory directory, NodeSessions sessions, NodeFrames followers, FleetOptions options, TimeProvider time, ILogger<RelayServer> log) : IRelay
{
    /// <summary>How long a peer may take until it is let in.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    /// <summary>Peers that are not let in yet, at the same time; more are sent away at once.</summary>
    public const int MaxHandshakes = 512;

    private int handshakes;

    public async Task ServeAsync(WebSocket socket, string remote, CancellationToken cancellationToken)
    {
        using var frames = new FrameSocket(socket);
        if (Interlocked.Increment(ref handshakes) > MaxHandshakes)
        {
            Interlocked.Decrement(ref handshakes);
            await RefuseAsync(frames, new(RefusalCode.Full, "Too many machines connect at this moment; try again.", false), cancellationToken);
            return;
        }

        NodeSession? session;
        try
        {
            session = await AdmitAsync(frames, remote, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref handshakes);
        }

        if (session is not null) await RunAsync(session, frames, remote, cancellationToken);
    }

    private async Task RunAsync(NodeSession session, FrameSocket frames, string remote, CancellationToken cancellationToken)
    {
        await sessions.BeginAsync(session);
        LogConnected(session.Name, remote);
        try
        {
            await session.RunAsync(cancellationToken);
        }
        finally
        {
            sessions.End(session);
            followers.Lost(session);
            LogEnded(session.Name);
            await RememberAsync(session);
            await frames.CloseAsync();
        }
    }

    private async Task<NodeSession?> AdmitAsync(FrameSocket frames, string remote, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(HandshakeTime);
        try
        {
            if (await NextAsync(frames, limit.Token) is not OpenFrame open || open.Nonce.Length != FrameCodec.NonceBytes) return null;
            if (open.Protocol < FrameCodec.OldestProtocol)
            {
                LogTooOld(remote, open.Protocol, FrameCodec.OldestProtocol);
                return await RefuseAsync(frames, new(RefusalCode.Protocol,
                    $"This machine's daemon is too old: it speaks protocol {open.Protocol}, the gateway {FrameCodec.OldestProtocol} to {FrameCodec.Protocol}. Put the gateway's version of it on this machine and restart it; its key, name and labels stay.", false), limit.Token);
            }

            var challenge = Challenge(open);
            await frames.SendAsync(challenge, limit.Token);
            if (await NextAsync(frames, limit.Token) is not HelloFrame hello) return null;
            if (!PublicKey.TryRead(hello.Key, out var key) || !key.Verifies(SignedText.Hello(gateway.Public, open.Nonce, challenge.Nonce, hello), hello.Signature))
                return await RefuseAsync(frames, new(RefusalCode.Identity, "The proof of the key is wrong.", false), limit.Token);

            var (row, refusal) = await admission.DecideAsync(hello, remote, limit.Token);
            if (row is null) return await RefuseAsync(frames, refusal!, limit.Token, hello.Name, remote);
            await frames.SendAsync(new WelcomeFrame(row.Name, row.Offered, (int)options.Relay.Heartbeat.TotalMilliseconds), limit.Token);
            if (await NextAsync(frames, limit.Token) is not ConfirmFrame confirm || confirm.Generation != row.Offered) return null;
            return await admission.ConfirmAsync(row.Name, hello, row.Offered, limit.Token) is null
                ? await RefuseAsync(frames, new(RefusalCode.Removed, "The node was removed.", true), limit.Token)
                : new NodeSession(row.Name, key.Fingerprint, hello.Instance, confirm.Generation, frames, followers, time);
        }
        catch (StoreUnavailableException e)
        {
            LogStore(e.Message);
            return await RefuseAsync(frames, new(RefusalCode.Unavailable, "The gateway's store does not work at the moment; try again.", false), limit.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private ChallengeFrame Challenge(OpenFrame open)
    {
        var nonce = RandomNumberGenerator.GetBytes(FrameCodec.NonceBytes);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new(Math.Min(open.Protocol, FrameCodec.Protocol), nonce, gateway.Public.Encoded.ToArray(), now, gateway.Sign(SignedText.Relay(open.Nonce, nonce, now)));
    }

    private static async Task<Frame?> NextAsync(FrameSocket frames, CancellationToken cancellationToken) =>
        await frames.ReceiveAsync(cancellationToken) is { Output: null } message ? message.Control.Frame : null;

    private async Task<NodeSession?> RefuseAsync(FrameSocket frames, RefusedFrame refusal, CancellationToken cancellationToken, string? name = null, string? remote = null)
    {
        if (name is not null) LogRefused(FactText.Bounded(name), remote ?? "", refusal.Code);
        await frames.SendAsync(refusal, cancellationToken);
        await frames.CloseAsync();
        return null;
    }

    // Where it is connected, and what it said there, is a newer connection's matter once there is one.
    private static NodeRow Left(NodeRow row, NodeSession session) =>
        row.Generation == session.Generation ? row with { LastSeenAt = session.LastSeen, Facts = session.Facts ?? row.Facts, Gateway = null } : row;

    private async Task RememberAsync(NodeSession session)
    {
        try
        {
            await directory.ChangeAsync(session.Name, row => Left(row, session), null, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            // For display only.
            LogStore(e.Message);
        }
    }
}
