namespace ChatOps.Channels.Telegram.Client;

/// <summary>The webhook as Telegram has it.</summary>
internal sealed record TgWebhookInfo
{
    /// <summary>Empty without one.</summary>
    public string? Url { get; init; }

    /// <summary>Updates that wait.</summary>
    public int PendingUpdateCount { get; init; }

    /// <summary>When a delivery failed last.</summary>
    public long? LastErrorDate { get; init; }

    /// <summary>Why.</summary>
    public string? LastErrorMessage { get; init; }
}
