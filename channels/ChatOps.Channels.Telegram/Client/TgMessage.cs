using System.Text.Json;

namespace ChatOps.Channels.Telegram.Client;

/// <summary>A message.</summary>
internal sealed record TgMessage
{
    /// <summary>Unique in its chat.</summary>
    public long MessageId { get; init; }

    /// <summary>The topic, where IsTopicMessage is set; else a thread of replies.</summary>
    public long? MessageThreadId { get; init; }

    /// <summary>Whether it stands in a topic of a forum.</summary>
    public bool IsTopicMessage { get; init; }

    /// <summary>Who sent it; a placeholder when SenderChat is set.</summary>
    public TgUser? From { get; init; }

    /// <summary>Set when it was sent in the name of a chat: nobody knows who that was.</summary>
    public TgChat? SenderChat { get; init; }

    /// <summary>0 for a message that the bot can no longer see.</summary>
    public long Date { get; init; }

    /// <summary>Set when it was edited.</summary>
    public long? EditDate { get; init; }

    /// <summary>Where.</summary>
    public TgChat? Chat { get; init; }

    /// <summary>Set when somebody else wrote it.</summary>
    public JsonElement? ForwardOrigin { get; init; }

    /// <summary>A channel's post in its discussion group.</summary>
    public bool IsAutomaticForward { get; init; }

    /// <summary>Set when a bot composed it.</summary>
    public TgUser? ViaBot { get; init; }

    /// <summary>What it answers.</summary>
    public TgMessage? ReplyToMessage { get; init; }

    /// <summary>Set when it belongs to somebody's business account.</summary>
    public string? BusinessConnectionId { get; init; }

    /// <summary>Its text.</summary>
    public string? Text { get; init; }

    /// <summary>Marks in the text.</summary>
    public IReadOnlyList<TgEntity>? Entities { get; init; }

    /// <summary>The text under a file.</summary>
    public string? Caption { get; init; }

    /// <summary>Marks in the caption.</summary>
    public IReadOnlyList<TgEntity>? CaptionEntities { get; init; }

    /// <summary>A voice note.</summary>
    public TgFileInfo? Voice { get; init; }

    /// <summary>A piece of music or another recording.</summary>
    public TgFileInfo? Audio { get; init; }

    /// <summary>A file.</summary>
    public TgFileInfo? Document { get; init; }

    /// <summary>A picture in growing sizes.</summary>
    public IReadOnlyList<TgFileInfo>? Photo { get; init; }

    /// <summary>A film.</summary>
    public TgFileInfo? Video { get; init; }

    /// <summary>A round film.</summary>
    public TgFileInfo? VideoNote { get; init; }

    /// <summary>A film without sound; comes as a document too.</summary>
    public TgFileInfo? Animation { get; init; }

    /// <summary>The group has become this supergroup.</summary>
    public long? MigrateToChatId { get; init; }

    /// <summary>The supergroup was this group.</summary>
    public long? MigrateFromChatId { get; init; }

    /// <summary>Its buttons.</summary>
    public TgMarkup? ReplyMarkup { get; init; }
}
