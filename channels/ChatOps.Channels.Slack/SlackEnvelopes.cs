using ChatOps.Channels.Slack.Client;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>
/// Handles the envelopes of Socket Mode: each is acknowledged on the socket that brought it, after the commit and within three seconds, or not at all; then Slack delivers it
/// again.
/// </summary>
internal sealed partial class SlackEnvelopes(SlackIntake intake, SlackDrops drops, SlackHealth health, TimeProvider time, ILogger<SlackEnvelopes> logger)
{
    /// <summary>How long Slack waits for an acknowledgement.</summary>
    public static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(3);

    /// <summary>What has waited so long is left to Slack.</summary>
    public static readonly TimeSpan ShedAfter = TimeSpan.FromSeconds(2);

    /// <summary>The lanes of a run.</summary>
    public SlackLanes NewLanes() => new(LogFailed);

    /// <summary>Queues an envelope behind what came earlier from the same chat. Never waits.</summary>
    public void Receive(SlackLanes lanes, SlackSocket socket, SlackFrame? frame, CancellationToken cancellationToken)
    {
        if (frame is null)
        {
            drops.Add("malformed");
        }
        else if (frame.EnvelopeId.Length == 0)
        {
            // What cannot be acknowledged would be handled now and delivered again: it is not for us.
            drops.Add("no-envelope-id");
        }
        else if (Kind(frame.Type) is not { } kind)
        {
            drops.Add("unknown");
        }
        else
        {
            var payload = new SlackPayload(frame.Payload);
            var arrived = time.GetTimestamp();
            health.Heard();
            if (!lanes.TryAdd(Chat(payload), () => HandleAsync(socket, frame.EnvelopeId, kind, payload, arrived, cancellationToken))) drops.Add("overload");
        }
    }

    private async Task HandleAsync(SlackSocket socket, string envelopeId, SlackKind kind, SlackPayload payload, long arrived, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return;
        if (time.GetElapsedTime(arrived) > ShedAfter)
        {
            drops.Add("overload");
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

    // What happens in one chat is handled in its order; a modal belongs to no chat and stays with its person.
    private static string Chat(SlackPayload payload) =>
        new[] { payload.Text("event", "channel"), payload.Text("channel_id"), payload.Text("channel", "id"), payload.Text("container", "channel_id"), payload.Text("user", "id") }.FirstOrDefault(id => id.Length > 0) ?? "";

    private static SlackKind? Kind(string type) => type switch
    {
        "events_api" => SlackKind.Event,
        "slash_commands" => SlackKind.Command,
        "interactive" => SlackKind.Interaction,
        _ => null,
    };

    [LoggerMessage(3214, LogLevel.Error, "Something that Slack delivered could not be handled; it was not acknowledged.")]
    private partial void LogFailed(Exception error);
}
