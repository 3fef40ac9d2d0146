namespace ChatOps.Channels.Telegram.Client;

/// <summary>What an error says besides its text.</summary>
internal sealed record TgParameters
{
    /// <summary>The group has become this supergroup.</summary>
    public long? MigrateToChatId { get; init; }

    /// <summary>In seconds.</summary>
    public double? RetryAfter { get; init; }
}
