namespace ChatOps.Channels.Telegram.Client;

/// <summary>A pressed button.</summary>
internal sealed record TgCallbackQuery
{
    /// <summary>Names the press; for a few minutes it can be answered.</summary>
    public string? Id { get; init; }

    /// <summary>Who pressed.</summary>
    public TgUser? From { get; init; }

    /// <summary>Where; with a date of 0 the bot can no longer see it.</summary>
    public TgMessage? Message { get; init; }

    /// <summary>What the button carries; anybody can send anything.</summary>
    public string? Data { get; init; }
}
