using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack.Client;

/// <summary>Opens sockets: asks for an address, which holds a ticket that is good once, connects, and waits for Slack's hello.</summary>
internal sealed partial class SocketOpener(SlackApi api, SlackHttp http, IEgress egress, SlackTokens tokens, SlackOptions options, SocketTimings timings, ILogger<SocketOpener> logger)
{
    private readonly SocketPauses pauses = new(timings);

    /// <summary>Tries once.</summary>
    /// <param name="received">Called for each frame; see <see cref="SocketPump"/>.</param>
    /// <param name="failures">How many tries have failed before.</param>
    /// <param name="cancellationToken">Ends the socket too.</param>
    /// <returns>The socket, or how long to wait before the next try.</returns>
    /// <exception cref="ChannelFatalException">Slack has said something that no retry mends.</exception>
    public async Task<(SocketPump? Pump, TimeSpan Pause)> OpenAsync(Action<SlackSocket, SlackFrame?> received, int failures, CancellationToken cancellationToken)
    {
        var reply = await api.ConnectionsOpenAsync(cancellationToken);
        if (SlackErrors.IsAuth(reply.Error))
            throw new ChannelFatalException($"Slack gives no socket to AppToken: {SlackErrors.Describe(reply.Error)}", AppRemedy(reply.Error)) { Secrets = [tokens.App] };
        if (!reply.Ok)
        {
            LogNoSocket(reply.Error ?? "");
            return (null, reply.RetryAfter ?? (reply.Error == "too_many_websockets" ? pauses.TooMany() : pauses.After(failures + 1)));
        }

        if (Uri.TryCreate(reply.Text("url"), UriKind.Absolute, out var address) && address.Scheme is "wss" or "ws" && egress.Allows(address, SlackHosts.All, options.Root))
            return await ConnectAsync(address, received, failures, cancellationToken);
        LogNoSocket("the address that was handed out may not be followed");
        return (null, pauses.After(failures + 1));
    }

    /// <summary>How long to wait after a socket ended.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="failures">How many have ended soon in a row.</param>
    public TimeSpan PauseAfter(SocketEnd end, int failures) => end switch
    {
        SocketEnd.Refresh => TimeSpan.Zero,
        SocketEnd.TooMany => pauses.TooMany(),
        _ => pauses.After(Math.Max(1, failures)),
    };

    /// <summary>Socket Mode is off.</summary>
    public ChannelFatalException LinkDisabled() => new("Slack has switched Socket Mode off for the app (link_disabled)",
        "Turn it on under Settings, Socket Mode, and make a new app-level token; or set Channels:Slack:Mode to Http.") { Secrets = [tokens.App] };

    private async Task<(SocketPump? Pump, TimeSpan Pause)> ConnectAsync(Uri address, Action<SlackSocket, SlackFrame?> received, int failures, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timings.Hello);
        SocketPump? pump = null;
        try
        {
            pump = new SocketPump(await SlackSocket.ConnectAsync(address, http.Invoker, timings, limit.Token), received, cancellationToken);
            if (await pump.Ready.WaitAsync(limit.Token)) return (pump, TimeSpan.Zero);
            var end = await pump.Ending;
            await pump.DisposeAsync();
            if (end == SocketEnd.LinkDisabled) throw LinkDisabled();
            LogNoSocket(end == SocketEnd.TooMany ? "the app has too many of them" : "it ended before Slack said hello");
            return (null, end == SocketEnd.TooMany ? pauses.TooMany() : pauses.After(failures + 1));
        }
        catch (Exception error) when (error is WebSocketException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (pump is not null) await pump.DisposeAsync();
            LogNoSocket(error is WebSocketException ? "the connection failed" : "Slack did not say hello in time");
            return (null, pauses.After(failures + 1));
        }
    }

    private static string AppRemedy(string? error) => error is "missing_scope" or "not_allowed_token_type"
        ? "AppToken must be an app-level token (xapp-…) with the scope connections:write: Basic Information, App-Level Tokens."
        : "Make a new app-level token with connections:write under Basic Information, App-Level Tokens; the channel starts again by itself when it changes.";

    [LoggerMessage(3212, LogLevel.Warning, "No socket to Slack: {Reason}. It is tried again.")]
    private partial void LogNoSocket(string reason);
}
