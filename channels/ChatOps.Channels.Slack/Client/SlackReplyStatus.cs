namespace ChatOps.Channels.Slack.Client;

/// <summary>What became of a call.</summary>
internal enum SlackReplyStatus
{
    /// <summary>Slack did it.</summary>
    Ok,

    /// <summary>Too many calls; not before the given time.</summary>
    Limited,

    /// <summary>Slack says no; the error says why.</summary>
    Refused,

    /// <summary>Slack did not get it, or says that it did nothing: it can be tried again.</summary>
    NotSent,

    /// <summary>The connection broke after sending began, or Slack failed in the middle: it may have been done.</summary>
    Unsure,
}
