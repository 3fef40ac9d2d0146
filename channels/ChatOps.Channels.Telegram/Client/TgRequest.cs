namespace ChatOps.Channels.Telegram.Client;

/// <summary>The parameters of the methods that are used here, by their names; what is null is not sent.</summary>
internal sealed record TgRequest
{
    /// <summary>The chat.</summary>
    public long? ChatId { get; init; }

    /// <summary>The topic.</summary>
    public long? MessageThreadId { get; init; }

    /// <summary>The message to change.</summary>
    public long? MessageId { get; init; }

    /// <summary>The messages to delete, at most 100.</summary>
    public IReadOnlyList<long>? MessageIds { get; init; }

    /// <summary>The text, at most 4,096 UTF-16 code units without its markup; for a press at most 200.</summary>
    public string? Text { get; init; }

    /// <summary>HTML, or null for plain text.</summary>
    public string? ParseMode { get; init; }

    /// <summary>Previews.</summary>
    public TgLinkPreview? LinkPreviewOptions { get; init; }

    /// <summary>Which message is answered.</summary>
    public TgReplyParameters? ReplyParameters { get; init; }

    /// <summary>Buttons.</summary>
    public TgMarkup? ReplyMarkup { get; init; }

    /// <summary>The press that is answered.</summary>
    public string? CallbackQueryId { get; init; }

    /// <summary>Shown in a window instead of in passing.</summary>
    public bool? ShowAlert { get; init; }

    /// <summary>What the bot is doing: typing.</summary>
    public string? Action { get; init; }

    /// <summary>The first update that is wanted; the ones before are forgotten.</summary>
    public long? Offset { get; init; }

    /// <summary>How many updates at once.</summary>
    public int? Limit { get; init; }

    /// <summary>How many seconds to wait for updates.</summary>
    public int? Timeout { get; init; }

    /// <summary>Which kinds of updates.</summary>
    public IReadOnlyList<string>? AllowedUpdates { get; init; }

    /// <summary>The webhook's address.</summary>
    public string? Url { get; init; }

    /// <summary>What the webhook's calls prove themselves with.</summary>
    public string? SecretToken { get; init; }

    /// <summary>How many calls of the webhook at once.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>The command menu.</summary>
    public IReadOnlyList<TgBotCommand>? Commands { get; init; }

    /// <summary>What a topic is called, 1 to 128 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The file that is asked for.</summary>
    public string? FileId { get; init; }
}
