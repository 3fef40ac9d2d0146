using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace ChatOps.Channels.Discord;

/// <summary>
/// One connection from hello to its end. Control frames are answered as they come; events wait in a bounded queue and are taken in one after the other, and only what was
/// taken in counts as received: everything else comes again after a resume.
/// </summary>
internal sealed class GatewayConnection(GatewaySocket socket, IGatewayEvents events, GatewaySessionStore sessions, TimeProvider time, double jitter)
{
    /// <summary>Longest wait for hello.</summary>
    public static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Events that wait to be taken in. A full queue stops the reading.</summary>
    public const int MaxWaiting = 2000;

    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromMinutes(10);

    private readonly Channel<GatewayEvent> waiting = Channel.CreateBounded<GatewayEvent>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });
    private volatile GatewaySession? session;
    private long sequence = -1;
    private volatile bool acknowledged = true;

    /// <summary>The session as it is now; null when there is none.</summary>
    public GatewaySession? Session => session;

    /// <summary>Whether events flowed.</summary>
    public bool Ready { get; private set; }

    /// <summary>Runs the connection to its end.</summary>
    /// <param name="resume">The session to resume; null to identify.</param>
    /// <param name="token">The bot token.</param>
    /// <param name="tokenFingerprint">Which one.</param>
    /// <param name="intents">What to ask for.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<GatewayEnd> RunAsync(GatewaySession? resume, string token, string tokenFingerprint, GatewayIntents intents, CancellationToken cancellationToken)
    {
        session = resume;
        if (resume is not null) sequence = resume.Sequence;
        if (await HelloAsync(cancellationToken) is not { } interval)
            return socket.CloseCode is { } code ? GatewayEnd.Of(code) : new GatewayEnd(GatewayEndKind.Resume, "Discord's gateway did not say hello.");
        // Not linked: a receive that is cancelled breaks the connection, and Discord is to hear the close code first.
        using var over = new CancellationTokenSource();
        var stopping = Task.Delay(Timeout.Infinite, cancellationToken);
        var beating = Task.FromResult<GatewayEnd?>(null);
        try
        {
            if (resume is not null) await socket.SendAsync(GatewayOp.Resume, new { token, sessionId = resume.Id, seq = resume.Sequence }, over.Token);
            else await socket.SendAsync(GatewayOp.Identify, new { token, intents = (int)intents, properties = new { os = "linux", browser = "chatops", device = "chatops" } }, over.Token);

            // Not before: what comes ahead of who it is may be answered with 4003 or 4007, which ends the session.
            beating = BeatAsync(interval, over.Token);
            var taking = TakeAsync(resume is not null, (int)intents, tokenFingerprint, over.Token);
            var reading = ReadAsync(over.Token);
            var first = await Task.WhenAny(reading, taking, beating, stopping);
            cancellationToken.ThrowIfCancellationRequested();
            var end = await (Task<GatewayEnd?>)first;
            if (first == taking) return end!;
            waiting.Writer.TryComplete();
            // What Discord has said already is taken in before the connection is given up.
            if (first == reading && end!.Kind != GatewayEndKind.Fatal) await Task.WhenAny(taking, beating);
            return end!;
        }
        finally
        {
            await socket.CloseAsync();
            await over.CancelAsync();
            waiting.Writer.TryComplete();
            await beating.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<TimeSpan?> HelloAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(HelloTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await socket.ReceiveAsync(either.Token) is not { Op: GatewayOp.Hello, D: { } data } || DiscordJson.TryRead<GatewayHello>(data) is not { } hello) return null;
            if (!double.IsFinite(hello.HeartbeatInterval)) return null;
            return TimeSpan.FromMilliseconds(Math.Clamp(hello.HeartbeatInterval, MinInterval.TotalMilliseconds, MaxInterval.TotalMilliseconds));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Beats; returns when Discord no longer answers.</summary>
    private async Task<GatewayEnd?> BeatAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        // A moment of its own for each bot: all would beat at once after an outage.
        await Task.Delay(interval * jitter, time, cancellationToken);
        while (true)
        {
            acknowledged = false;
            if (!await BeatOnceAsync(cancellationToken)) return new GatewayEnd(GatewayEndKind.Resume, "The gateway asked for more heartbeats than it allows.");
            await Task.Delay(interval, time, cancellationToken);
            if (!acknowledged) return new GatewayEnd(GatewayEndKind.Resume, "Discord's gateway no longer answers heartbeats.");
        }
    }

    private Task<bool> BeatOnceAsync(CancellationToken cancellationToken)
    {
        var last = Interlocked.Read(ref sequence);
        return socket.SendAsync(GatewayOp.Heartbeat, last < 0 ? null : (object)last, cancellationToken);
    }

    private async Task<GatewayEnd?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await socket.ReceiveAsync(cancellationToken) is { } frame)
            {
                switch (frame.Op)
                {
                    case GatewayOp.Dispatch when frame is { T: { } name, S: { } number, D: { } data }:
                        await waiting.Writer.WriteAsync(new GatewayEvent(name, number, data), cancellationToken);
                        break;
                    case GatewayOp.Heartbeat:
                        if (!await BeatOnceAsync(cancellationToken)) return new GatewayEnd(GatewayEndKind.Resume, "The gateway asked for more heartbeats than it allows.");
                        break;
                    case GatewayOp.HeartbeatAck:
                        acknowledged = true;
                        break;
                    case GatewayOp.Reconnect:
                        return new GatewayEnd(GatewayEndKind.Resume, "Discord asked to connect again.");
                    case GatewayOp.InvalidSession:
                        return frame.D is { ValueKind: JsonValueKind.True }
                            ? new GatewayEnd(GatewayEndKind.Resume, "Discord asked to resume again.") { Pauses = true }
                            : new GatewayEnd(GatewayEndKind.NewSession, "Discord no longer knows the session.") { Pauses = true };
                }
            }

            return GatewayEnd.Of(socket.CloseCode);
        }
        catch (Exception error) when (error is WebSocketException or IOException or ChannelClosedException)
        {
            return GatewayEnd.Of(socket.CloseCode);
        }
    }

    private async Task<GatewayEnd?> TakeAsync(bool resuming, int intents, string tokenFingerprint, CancellationToken cancellationToken)
    {
        await foreach (var next in waiting.Reader.ReadAllAsync(cancellationToken))
        {
            switch (next.Name)
            {
                case "READY" when GatewayReady.Of(next.Data) is { } ready:
                    session = new GatewaySession(ready.SessionId, ready.ResumeGatewayUrl, next.Sequence, intents, tokenFingerprint);
                    await sessions.SaveAsync(session, cancellationToken);
                    Begin(resumed: false);
                    break;
                case "RESUMED":
                    Begin(resumed: true);
                    break;
            }

            // Replayed events come before RESUMED.
            if (!Ready && !resuming) continue;
            if (!await events.TakeAsync(next.Name, next.Data, cancellationToken))
                return new GatewayEnd(GatewayEndKind.Resume, "An event could not be stored; it is asked for again.") { Pauses = true };
            Interlocked.Exchange(ref sequence, next.Sequence);
            if (session is not { } now) continue;
            session = now with { Sequence = next.Sequence };
            await sessions.SaveSometimesAsync(session, cancellationToken);
        }

        return new GatewayEnd(GatewayEndKind.Resume, "The connection to Discord's gateway ended.");
    }

    private void Begin(bool resumed)
    {
        Ready = true;
        events.Connected(resumed);
    }
}
