using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Discord;

/// <summary>Keeps a session with the gateway: connects, resumes, begins another one when it must, within Discord's budget for identifying, and gives up only where no retry mends it.</summary>
internal sealed partial class GatewayClient(
    DiscordOptions options, ChannelSecret token, DiscordRest rest, IEgress egress, HttpMessageInvoker http, IChannelState state, TimeProvider time, ILogger<GatewayClient> logger)
{
    /// <summary>Longest pause between two tries.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(60);

    /// <summary>A connection that lived so long was a good one: the next is made at once.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MinInvalidPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxInvalidPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SaveTimeout = TimeSpan.FromSeconds(2);
    private static readonly string[] Hosts = ["discord.gg", "discord.com"];

    private readonly GatewaySessionStore sessions = new(state, time);
    private readonly IdentifyBudget budget = new(state, time);

    /// <summary>Runs until cancelled, or until the token changes (returns then).</summary>
    /// <param name="intents">What is listened to.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="lead">Under which lead: without it nothing is written down, because the session is somebody else's then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ChannelFatalException">No retry mends it.</exception>
    public async Task RunAsync(GatewayIntents intents, IGatewayEvents events, ILead lead, CancellationToken cancellationToken)
    {
        sessions.Lead = lead;
        var fingerprint = token.Fingerprint() ?? "";
        using var rotated = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(fingerprint, rotated);
        var session = await sessions.LoadAsync((int)intents, fingerprint, cancellationToken);
        try
        {
            var failures = 0;
            while (!rotated.IsCancellationRequested)
            {
                var begun = time.GetTimestamp();
                var (end, next, ready) = await ConnectAsync(session, fingerprint, intents, events, rotated.Token);
                session = end.Kind == GatewayEndKind.Resume ? next : null;
                await sessions.SaveAsync(session, rotated.Token);
                failures = ready && time.GetElapsedTime(begun) >= StableAfter ? 0 : failures + 1;
                var pause = Pause(end, failures);
                events.Disconnected(end.Reason, pause);
                if (end.Kind == GatewayEndKind.Fatal) throw new ChannelFatalException(end.Reason, end.Remedy) { Secrets = [token] };
                LogEnded(end.Reason, session is not null, pause);
                await Task.Delay(pause, time, rotated.Token);
            }
        }
        catch (OperationCanceledException) when (rotated.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogRotated();
        }
        finally
        {
            await rotated.CancelAsync();
            await watching;
        }
    }

    private async Task<(GatewayEnd End, GatewaySession? Session, bool Ready)> ConnectAsync(
        GatewaySession? session, string fingerprint, GatewayIntents intents, IGatewayEvents events, CancellationToken cancellationToken)
    {
        var (address, failed) = await AddressAsync(session, events, cancellationToken);
        if (address is null) return (failed!, session, false);
        await using var socket = new GatewaySocket(http, time);
        var connection = new GatewayConnection(socket, events, sessions, time, Random.Shared.NextDouble());
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return (await connection.RunAsync(session, token.Current(), fingerprint, intents, cancellationToken), connection.Session, connection.Ready);
        }
        catch (Exception error) when (error is WebSocketException or HttpRequestException or IOException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (new GatewayEnd(GatewayEndKind.Resume, "Discord's gateway cannot be reached."), connection.Session ?? session, connection.Ready);
        }
        catch (OperationCanceledException)
        {
            await RememberAsync(connection.Session ?? session);
            throw;
        }
        finally
        {
            await socket.CloseAsync();
        }
    }

    // Stopping: what was taken in is written down, so that the next start resumes there.
    private async Task RememberAsync(GatewaySession? session)
    {
        using var limit = new CancellationTokenSource(SaveTimeout, time);
        try
        {
            if (session is not null) await sessions.SaveAsync(session, limit.Token);
        }
        catch (OperationCanceledException)
        {
            LogNotRemembered();
        }
    }

    private async Task<(Uri? Address, GatewayEnd? Failed)> AddressAsync(GatewaySession? session, IGatewayEvents events, CancellationToken cancellationToken)
    {
        if (session is not null && Uri.TryCreate(session.ResumeUrl, UriKind.Absolute, out var resume) && MayFollow(resume)) return (Versioned(resume), null);
        GatewayBot? found = null;
        if (options.GatewayUrl.Length == 0 || session is null)
        {
            var reply = await rest.GatewayAsync(cancellationToken);
            if (reply.Status == RestStatus.TokenRejected) return (null, GatewayEnd.Of(4004));
            found = reply.Read<GatewayBot>();
            if (found is null && options.GatewayUrl.Length == 0) return (null, new GatewayEnd(GatewayEndKind.Resume, reply.Reason ?? "Discord does not say where its gateway is."));
        }

        var text = options.GatewayUrl.Length > 0 ? options.GatewayUrl : found!.Url;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (options.GatewayUrl.Length == 0 && !MayFollow(address)))
            return (null, new GatewayEnd(GatewayEndKind.Resume, "Discord named a gateway address that may not be followed; allow its host in Egress:Allow."));
        while (session is null && await budget.TakeAsync(found?.SessionStartLimit, cancellationToken) is var wait && wait > TimeSpan.Zero)
        {
            if (wait > IdentifyBudget.Apart)
            {
                events.Disconnected("The bot has begun too many sessions today; Discord would reset its token.", wait);
                LogBudget(wait);
            }

            await Task.Delay(wait, time, cancellationToken);
            found = found is null ? null : found with { SessionStartLimit = null };
        }

        return (Versioned(address), null);
    }

    private bool MayFollow(Uri address) => address.Scheme is "ws" or "wss" && egress.Allows(address, Hosts, options.GatewayRoot);

    private static Uri Versioned(Uri address) => new UriBuilder(address) { Query = "v=10&encoding=json" }.Uri;

    private static TimeSpan Pause(GatewayEnd end, int failures)
    {
        var random = Random.Shared.NextDouble();
        if (end.Pauses) return MinInvalidPause + (MaxInvalidPause - MinInvalidPause) * random;
        if (failures == 0) return TimeSpan.Zero;
        var most = Math.Min(MaxPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Min(failures, 16)));
        return TimeSpan.FromSeconds(most * (0.5 + random / 2));
    }

    private async Task WatchAsync(string fingerprint, CancellationTokenSource rotated)
    {
        try
        {
            await token.ChangedAsync(fingerprint, rotated.Token);
            await rotated.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The connection ended first.
        }
    }
}
