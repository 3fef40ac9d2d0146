namespace ChatOps.Channels.Slack.Rendering;

/// <summary>Slack's limits, in its own counting (UTF-16 code units).</summary>
internal static class SlackLimits
{
    /// <summary>Blocks in a message.</summary>
    public const int Blocks = 50;

    /// <summary>Text of one block of ours. Slack allows 3,000 in a section and names no number for rich text.</summary>
    public const int BlockText = 3000;

    /// <summary>Text of all blocks of a message: Slack answers msg_blocks_too_long to more than about 13,200.</summary>
    public const int MessageText = 12_000;

    /// <summary>A header's text.</summary>
    public const int Header = 150;

    /// <summary>Elements of an actions block.</summary>
    public const int Actions = 25;

    /// <summary>A button's text.</summary>
    public const int Button = 75;

    /// <summary>A confirm step's title.</summary>
    public const int ConfirmTitle = 100;

    /// <summary>A confirm step's text.</summary>
    public const int ConfirmText = 300;

    /// <summary>A confirm step's buttons.</summary>
    public const int ConfirmButton = 30;

    /// <summary>A modal's title and its buttons.</summary>
    public const int Modal = 24;

    /// <summary>What notifications show; Slack advises at most 4,000.</summary>
    public const int Notification = 1000;
}
