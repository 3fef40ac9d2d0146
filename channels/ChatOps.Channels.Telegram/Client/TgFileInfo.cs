namespace ChatOps.Channels.Telegram.Client;

/// <summary>A file of any kind, as its sender describes it.</summary>
internal sealed record TgFileInfo
{
    /// <summary>Names it to this bot.</summary>
    public string? FileId { get; init; }

    /// <summary>The same for everybody and for ever.</summary>
    public string? FileUniqueId { get; init; }

    /// <summary>In bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>In seconds.</summary>
    public int? Duration { get; init; }

    /// <summary>Its type.</summary>
    public string? MimeType { get; init; }

    /// <summary>Its name.</summary>
    public string? FileName { get; init; }

    /// <summary>Of a piece of music.</summary>
    public string? Title { get; init; }

    /// <summary>In getFile: where it can be fetched; absolute on a local Bot API server.</summary>
    public string? FilePath { get; init; }
}
