namespace ChatOps.Channels.Slack;

/// <summary>How Slack's events reach the gateway.</summary>
public enum SlackMode
{
    /// <summary>Socket Mode: the gateway connects to Slack; no public address is needed.</summary>
    Socket,

    /// <summary>Slack calls the gateway's signed webhooks under <c>/webhooks/slack/</c>.</summary>
    Http,
}
