namespace ChatOps.Channels.Slack;

/// <summary>What Slack delivers.</summary>
internal enum SlackKind
{
    /// <summary>Something of the Events API.</summary>
    Event,

    /// <summary>A slash command.</summary>
    Command,

    /// <summary>A button or a modal.</summary>
    Interaction,
}
