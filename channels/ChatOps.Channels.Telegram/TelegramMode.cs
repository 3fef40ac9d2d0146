namespace ChatOps.Channels.Telegram;

/// <summary>How updates come in.</summary>
public enum TelegramMode
{
    /// <summary>The gateway asks for them; nothing must be reachable from outside.</summary>
    Polling,

    /// <summary>Telegram calls the gateway under Gateway:PublicUrl.</summary>
    Webhook,
}
