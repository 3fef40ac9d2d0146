using System.Net.WebSockets;
using System.Security.Cryptography;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Node.Grants;
using ChatOps.Node.Policy;

namespace ChatOps.Node.Connection;

/// <summary>Keeps one connection to a relay, for ever; where there are several, to whichever answers, tried in turn.</summary>
internal sealed class RelayClient(
    DaemonOptions options, NodeIdentity identity, NodePolicy policy, NodeExecutions executions, INodeFacts facts, string instance, DaemonLog log, TimeProvider time)
{
    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromMinutes(5);
    private readonly IReadOnlyList<Uri> relays = [options.Relay, .. options.MoreRelays];

    /// <summary>Connects, and connects again, until asked to stop or told that it is of no use.</summary>
    public async Task<DaemonEnd> RunAsync(CancellationToken cancellationToken)
    {
        var attempt = 0;
        var said = new string?[relays.Count];
        for (var next = 0; !cancellationToken.IsCancellationRequested; next = (next + 1) % relays.Count)
        {
            var end = await ConnectAsync(relays[next], cancellationToken);
            if (cancellationToken.IsCancellationRequested) break;
            if (end.WasIn) attempt = 0;
            // Once, not at every attempt of a long night.
            if (end.WasIn || end.Reason != said[next]) log.Say(said[next] = end.Reason);
            if (end.Code == RefusalCode.Removed) identity.Forget();
            if (end.Final) return new DaemonEnd(false, end.Code, end.Reason);
            // All of them are tried before the pauses grow.
            if (!await PauseAsync(attempt++ / relays.Count, cancellationToken)) break;
        }

        return new DaemonEnd(true, null, null);
    }

    // Full jitter: a thousand nodes that lost the same relay come back spread over the whole time.
    private async Task<bool> PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var longest = Math.Min(options.LongestReconnect.TotalMilliseconds, options.FirstReconnect.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30)));
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1 + (int)longest)), time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<SessionEnd> ConnectAsync(Uri relay, CancellationToken cancellationToken)
    {
        using var web = new ClientWebSocket();
        web.Options.AddSubProtocol(IRelay.SubProtocol);
        web.Options.Proxy = null;
        web.Options.KeepAliveInterval = TimeSpan.Zero; // The gateway's pings do that, and are answered by the program, not only by its library.
        var pin = options.Pin ?? identity.Membership?.Pin;
        string? distrust = null;
        web.Options.RemoteCertificateValidationCallback = (_, certificate, _, errors) => (distrust = ServerTrust.WhyNot(pin, certificate, errors)) is null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.HandshakeTime);
        try
        {
            await web.ConnectAsync(RelayAddress.Complete(relay), limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or System.Net.Http.HttpRequestException)
        {
            var why = distrust ?? (e is OperationCanceledException ? "no answer in time" : e.GetBaseException().Message.TrimEnd('.'));
            return new(false, null, $"No connection to {relay}: {why}. It goes on trying.", false);
        }

        using var socket = new FrameSocket(web);
        var handshake = new Handshake(identity, options, instance, Facts, time);
        if (await handshake.RunAsync(socket, limit.Token) is { } failed) return failed;
        limit.CancelAfter(Timeout.InfiniteTimeSpan);
        var welcome = handshake.Welcome!;
        log.Say($"Connected to {relay} as {welcome.Name}.");
        var grants = new GrantVerifier(handshake.Gateway!, welcome.Name, identity.Key.Public.Fingerprint, Environment.UserName);
        var heartbeat = TimeSpan.FromMilliseconds(Math.Clamp(welcome.HeartbeatMilliseconds, 100, LongestHeartbeat.TotalMilliseconds));
        var end = await new RelaySession(socket, executions, grants, policy, handshake.Clock!, heartbeat, Facts, log).RunAsync(cancellationToken);
        await socket.CloseAsync();
        return end;
    }

    private SortedDictionary<string, string> Facts() => new(facts.Read().ToDictionary(), StringComparer.Ordinal) { ["user"] = Environment.UserName, [NodeFact.Policy] = policy.Summary };
}
