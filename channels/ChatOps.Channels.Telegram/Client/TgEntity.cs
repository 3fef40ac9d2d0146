namespace ChatOps.Channels.Telegram.Client;

/// <summary>A marked piece of a text.</summary>
internal sealed record TgEntity
{
    /// <summary>mention, text_mention, bot_command, …</summary>
    public string? Type { get; init; }

    /// <summary>In UTF-16 code units.</summary>
    public int Offset { get; init; }

    /// <summary>In UTF-16 code units.</summary>
    public int Length { get; init; }

    /// <summary>For text_mention: who.</summary>
    public TgUser? User { get; init; }
}
