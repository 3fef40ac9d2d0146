namespace ChatOps.Channels.Slack.Client;

/// <summary>Slack's own hosts: addresses that Slack hands out are followed there.</summary>
internal static class SlackHosts
{
    /// <summary>Sockets, uploads, files and response addresses.</summary>
    public static readonly IReadOnlyList<string> All = ["slack.com", "slack-gov.com", "slack-files.com"];
}
