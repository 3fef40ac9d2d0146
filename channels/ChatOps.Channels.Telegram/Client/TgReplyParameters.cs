namespace ChatOps.Channels.Telegram.Client;

/// <summary>Which message is answered.</summary>
internal sealed record TgReplyParameters
{
    /// <summary>The message.</summary>
    public long MessageId { get; init; }

    /// <summary>Send it even when that is gone.</summary>
    public bool AllowSendingWithoutReply { get; init; }
}
