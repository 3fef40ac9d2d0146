namespace ChatOps.Channels.Telegram.Client;

/// <summary>Something that happened. Exactly one of the others is set.</summary>
internal sealed record TgUpdate
{
    /// <summary>Grows by one; begins anywhere after a quiet week.</summary>
    public long UpdateId { get; init; }

    /// <summary>A new message.</summary>
    public TgMessage? Message { get; init; }

    /// <summary>A pressed button.</summary>
    public TgCallbackQuery? CallbackQuery { get; init; }

    /// <summary>A changed message.</summary>
    public TgMessage? EditedMessage { get; init; }

    /// <summary>A post in a channel.</summary>
    public TgMessage? ChannelPost { get; init; }
}
