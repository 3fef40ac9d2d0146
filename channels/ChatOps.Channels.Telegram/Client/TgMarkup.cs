namespace ChatOps.Channels.Telegram.Client;

/// <summary>What stands below a message: buttons, or the request to answer it.</summary>
internal sealed record TgMarkup
{
    /// <summary>Rows of buttons.</summary>
    public IReadOnlyList<IReadOnlyList<TgButton>>? InlineKeyboard { get; init; }

    /// <summary>Opens the reader's input as a reply.</summary>
    public bool? ForceReply { get; init; }

    /// <summary>What the empty input shows, 1 to 64 characters.</summary>
    public string? InputFieldPlaceholder { get; init; }

    /// <summary>Only for whom the message mentions or answers.</summary>
    public bool? Selective { get; init; }
}
