namespace ChatOps.Channels.Telegram.Client;

/// <summary>An entry of the command menu.</summary>
internal sealed record TgBotCommand
{
    /// <summary>1 to 32 of a-z, 0-9 and underscore.</summary>
    public string? Command { get; init; }

    /// <summary>1 to 256 characters.</summary>
    public string? Description { get; init; }
}
