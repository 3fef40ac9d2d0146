namespace ChatOps.Channels.Telegram.Client;

/// <summary>A button below a message.</summary>
internal sealed record TgButton
{
    /// <summary>Its label.</summary>
    public string? Text { get; init; }

    /// <summary>What a press carries, 1 to 64 bytes.</summary>
    public string? CallbackData { get; init; }

    /// <summary>danger, success or primary.</summary>
    public string? Style { get; init; }

    /// <summary>A link instead of a press.</summary>
    public string? Url { get; init; }
}
