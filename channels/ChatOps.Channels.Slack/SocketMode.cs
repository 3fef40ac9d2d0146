using System.Net.WebSockets;
using ChatOps.Channels.Slack.Client;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>
/// Keeps a socket to Slack. When Slack wants a fresh one, the new one is open before the old one is let go, and both are read meanwhile. Envelopes are acknowledged on the
/// socket that brought them, after the commit and within three seconds, or not at all: then Slack delivers them again.
/// </summary>
internal sealed partial class SocketMode(
    SlackApi api, SlackHttp http, IEgress egress, SlackIntake intake, SlackHealth health, SlackTokens tokens, SlackOptions options, SocketTimings timings, TimeProvider time,
    ILogger<SocketMode> logger)
{
    /// <summary>How long Slack waits for an acknowledgement.</summary>
    public static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(3);

    /// <summary>What has waited so long is left to Slack.</summary>
    public static readonly TimeSpan ShedAfter = TimeSpan.FromSeconds(2);

    /// <summary>Most sockets that an app may have; old ones make room.</summary>
    public const int MaxSockets = 10;

    private static readonly TimeSpan BriefLife = TimeSpan.FromSeconds(10);

    /// <summary>For so long Slack may still count a socket of ours that broke.</summary>
    private static readonly TimeSpan StillCounted = TimeSpan.FromMinutes(2);

    private readonly List<SocketPump> live = [];
    private readonly Queue<long> ended = new();

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="ChannelFatalException">Slack has said something that no retry mends.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var lanes = new SlackLanes(LogFailed);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await KeepAsync(lanes, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(Snapshot().Select(p => p.DisposeAsync().AsTask()));
            await lanes.DisposeAsync();
            health.Sockets(0);
        }
    }

    private async Task KeepAsync(SlackLanes lanes, CancellationToken cancellationToken)
    {
        SocketPump? old = null;
        var failures = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (pump, pause) = await OpenAsync(lanes, failures, cancellationToken);
            if (pump is null)
            {
                failures++;
                if (!Snapshot().Any(p => !p.Completion.IsCompleted)) health.Disconnected("The connection to Slack is interrupted; it is tried again.");
                await Task.Delay(pause, time, cancellationToken);
                continue;
            }

            var begun = time.GetTimestamp();
            Began(pump);
            if (old is not null) _ = RetireAsync(old);
            old = pump;
            var end = await pump.Ending.WaitAsync(cancellationToken);
            LogEnding(end);
            if (end == SocketEnd.LinkDisabled) throw LinkDisabled();
            failures = time.GetElapsedTime(begun) < BriefLife ? failures + 1 : 0;
            if (end == SocketEnd.Closed && failures == 0) failures = 1;
            if (end != SocketEnd.Refresh) await Task.Delay(end == SocketEnd.TooMany ? TooMany() : Pause(failures), time, cancellationToken);
        }
    }

    private async Task<(SocketPump? Pump, TimeSpan Pause)> OpenAsync(SlackLanes lanes, int failures, CancellationToken cancellationToken)
    {
        var reply = await api.ConnectionsOpenAsync(cancellationToken);
        if (SlackErrors.IsAuth(reply.Error))
            throw new ChannelFatalException($"Slack gives no socket to AppToken: {SlackErrors.Describe(reply.Error)}", AppRemedy(reply.Error)) { Secrets = [tokens.App] };
        if (!reply.Ok)
        {
            LogNoSocket(reply.Error ?? "");
            return (null, reply.RetryAfter ?? (reply.Error == "too_many_websockets" ? TooMany() : Pause(failures + 1)));
        }

        if (!Uri.TryCreate(reply.Text("url"), UriKind.Absolute, out var address) || address.Scheme is not ("wss" or "ws") || !egress.Allows(address, SlackHosts.All, options.Root))
        {
            LogNoSocket("the address that was handed out may not be followed");
            return (null, Pause(failures + 1));
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timings.Hello);
        SocketPump? pump = null;
        try
        {
            pump = new SocketPump(await SlackSocket.ConnectAsync(address, http.Invoker, timings, limit.Token), (socket, frame) => Received(lanes, socket, frame, cancellationToken), cancellationToken);
            if (await pump.Ready.WaitAsync(limit.Token)) return (pump, TimeSpan.Zero);
            var end = await pump.Ending;
            await pump.DisposeAsync();
            if (end == SocketEnd.LinkDisabled) throw LinkDisabled();
            return (null, end == SocketEnd.TooMany ? TooMany() : Pause(failures + 1));
        }
        catch (Exception error) when (error is WebSocketException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (pump is not null) await pump.DisposeAsync();
            LogNoSocket(error is WebSocketException ? "the connection failed" : "Slack did not say hello in time");
            return (null, Pause(failures + 1));
        }
    }

    private void Began(SocketPump pump)
    {
        lock (live) live.Add(pump);
        _ = pump.Completion.ContinueWith(_ => Forget(pump), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var ours = Snapshot().Count(p => !p.Completion.IsCompleted);
        health.Sockets(ours);
        var expected = ours + options.OtherConnections + LatelyEnded();
        LogOpen(pump.Connections);
        if (pump.Connections <= expected)
        {
            health.Alarm(null);
            return;
        }

        LogTooManyConnections(pump.Connections, expected);
        health.Alarm($"Slack counts {pump.Connections} connections of this app, and {expected} are expected: somebody else receives a share of the events. " +
            "Stop the other gateway, or revoke the app-level token and make a new one; where it is meant, set Channels:Slack:OtherConnections.");
    }

    private async Task RetireAsync(SocketPump pump)
    {
        // Ours alone never reach the limit: the oldest ones make room.
        var sockets = Snapshot();
        if (sockets.Count >= MaxSockets - 1) await sockets[0].DisposeAsync();
        await pump.RetireAsync(timings.Drain, time);
        Forget(pump);
    }

    private void Forget(SocketPump pump)
    {
        lock (live)
        {
            if (live.Remove(pump)) ended.Enqueue(time.GetTimestamp());
        }

        health.Sockets(Snapshot().Count(p => !p.Completion.IsCompleted));
    }

    private void Received(SlackLanes lanes, SlackSocket socket, SlackFrame? frame, CancellationToken cancellationToken)
    {
        if (frame is null)
        {
            health.Dropped("malformed");
            return;
        }

        if (frame.EnvelopeId.Length == 0 || Kind(frame.Type) is not { } kind)
        {
            // What cannot be acknowledged would be handled now and delivered again: it is not for us.
            health.Dropped(frame.EnvelopeId.Length == 0 ? "no-envelope-id" : "unknown");
            return;
        }

        var payload = new SlackPayload(frame.Payload);
        var arrived = time.GetTimestamp();
        if (!lanes.TryAdd(Chat(payload), () => HandleAsync(socket, frame.EnvelopeId, kind, payload, arrived, cancellationToken))) health.Dropped("overload");
    }

    private async Task HandleAsync(SlackSocket socket, string envelopeId, SlackKind kind, SlackPayload payload, long arrived, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return;
        if (time.GetElapsedTime(arrived) > ShedAfter)
        {
            health.Dropped("overload");
            return;
        }

        var taken = await intake.TakeAsync(kind, payload, cancellationToken);
        if (!taken.Acknowledge) return;
        if (time.GetElapsedTime(arrived) < AckLimit) await socket.AcknowledgeAsync(envelopeId, taken.Response, cancellationToken);
        else health.Late();
        if (taken.After is { } after) _ = AfterAsync(after, cancellationToken);
    }

    private async Task AfterAsync(Func<CancellationToken, Task> after, CancellationToken cancellationToken)
    {
        try
        {
            await after(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The channel stops.
        }
        catch (Exception error)
        {
            // A boundary: nobody awaits it, and the event itself is acknowledged.
            LogFailed(error);
        }
    }

    private int LatelyEnded()
    {
        lock (live)
        {
            while (ended.Count > 0 && time.GetElapsedTime(ended.Peek()) > StillCounted) ended.Dequeue();
            return ended.Count;
        }
    }

    private List<SocketPump> Snapshot()
    {
        lock (live) return [.. live];
    }

    // What happens in one chat is handled in its order; a modal belongs to the chat of its button.
    private static string Chat(SlackPayload payload) =>
        new[] { payload.Text("event", "channel"), payload.Text("channel_id"), payload.Text("channel", "id"), payload.Text("container", "channel_id"), payload.Text("user", "id") }.FirstOrDefault(id => id.Length > 0) ?? "";

    private static SlackKind? Kind(string type) => type switch
    {
        "events_api" => SlackKind.Event,
        "slash_commands" => SlackKind.Command,
        "interactive" => SlackKind.Interaction,
        _ => null,
    };

    private TimeSpan Pause(int failures)
    {
        var most = Math.Min(timings.MaxPause.TotalSeconds, timings.FirstPause.TotalSeconds * Math.Pow(2, Math.Clamp(failures - 1, 0, 16)));
        return TimeSpan.FromSeconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    private TimeSpan TooMany() => timings.TooMany * (1 + Random.Shared.NextDouble());

    private ChannelFatalException LinkDisabled() => new("Slack has switched Socket Mode off for the app (link_disabled)",
        "Turn it on under Settings, Socket Mode, and make a new app-level token; or set Channels:Slack:Mode to Http.") { Secrets = [tokens.App] };

    private static string AppRemedy(string? error) => error is "missing_scope" or "not_allowed_token_type"
        ? "AppToken must be an app-level token (xapp-…) with the scope connections:write: Basic Information, App-Level Tokens."
        : "Make a new app-level token with connections:write under Basic Information, App-Level Tokens; the channel starts again by itself when it changes.";
}
