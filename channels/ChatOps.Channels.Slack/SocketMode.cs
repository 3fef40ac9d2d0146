using ChatOps.Channels.Slack.Client;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>Keeps a socket to Slack. When Slack wants a fresh one, the new one is open before the old one is let go, and both are read meanwhile.</summary>
internal sealed partial class SocketMode(SocketOpener opener, SocketCrowd crowd, SlackEnvelopes envelopes, SlackHealth health, TimeProvider time, ILogger<SocketMode> logger)
{
    /// <summary>A socket that lives shorter counts as a failure: the next one waits.</summary>
    private static readonly TimeSpan BriefLife = TimeSpan.FromSeconds(10);

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="ChannelFatalException">Slack has said something that no retry mends.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var lanes = envelopes.NewLanes();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await KeepAsync((socket, frame) => envelopes.Receive(lanes, socket, frame, cancellationToken), stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await crowd.CloseAsync();
            await lanes.DisposeAsync();
        }
    }

    private async Task KeepAsync(Action<SlackSocket, SlackFrame?> received, CancellationToken cancellationToken)
    {
        SocketPump? old = null;
        for (var failures = 0; ;)
        {
            var (pump, pause) = await opener.OpenAsync(received, failures, cancellationToken);
            if (pump is null)
            {
                failures++;
                if (!crowd.Any) health.Disconnected("The connection to Slack is interrupted; it is tried again.");
                await Task.Delay(pause, time, cancellationToken);
                continue;
            }

            var begun = time.GetTimestamp();
            crowd.Add(pump);
            if (old is not null) _ = crowd.RetireAsync(old);
            old = pump;
            var end = await pump.Ending.WaitAsync(cancellationToken);
            LogEnding(end);
            if (end == SocketEnd.LinkDisabled) throw opener.LinkDisabled();
            failures = time.GetElapsedTime(begun) < BriefLife ? failures + 1 : 0;
            await Task.Delay(opener.PauseAfter(end, failures), time, cancellationToken);
        }
    }

    [LoggerMessage(3211, LogLevel.Information, "Slack's socket wants a successor: {End}.")]
    private partial void LogEnding(SocketEnd end);
}
