namespace ChatOps.Channels.Telegram.Client;

/// <summary>How a call ended.</summary>
internal enum TgOutcome
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>Telegram answered that it did not do it.</summary>
    Refused,

    /// <summary>It never left.</summary>
    NotSent,

    /// <summary>It left, and no readable answer came: it may have been done.</summary>
    Ambiguous,
}
