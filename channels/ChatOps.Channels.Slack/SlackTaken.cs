using System.Text.Json.Nodes;

namespace ChatOps.Channels.Slack;

/// <summary>How to answer Slack.</summary>
/// <param name="Acknowledge">Whether Slack may forget it: it is committed, or there is nothing to commit.</param>
/// <param name="Response">What goes with the acknowledgement.</param>
/// <param name="After">What is done once it was acknowledged; it never throws for what Slack answers.</param>
internal sealed record SlackTaken(bool Acknowledge, JsonObject? Response = null, Func<CancellationToken, Task>? After = null)
{
    /// <summary>Taken, and nothing to say.</summary>
    public static readonly SlackTaken Quietly = new(true);

    /// <summary>Not taken: Slack delivers it again.</summary>
    public static readonly SlackTaken Not = new(false);
}
