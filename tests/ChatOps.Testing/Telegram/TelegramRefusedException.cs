namespace ChatOps.Testing.Telegram;

/// <summary>The Bot API says no.</summary>
/// <param name="code">Its error code.</param>
/// <param name="description">In its words.</param>
public sealed class TelegramRefusedException(int code, string description) : Exception(description)
{
    public int Code => code;

    public int? RetryAfter { get; init; }

    public long? MigrateTo { get; init; }

    /// <summary>A request that is wrong.</summary>
    public static TelegramRefusedException Bad(string why) => new(400, "Bad Request: " + why);

    /// <summary>A request that is not allowed.</summary>
    public static TelegramRefusedException Forbidden(string why) => new(403, "Forbidden: " + why);

    /// <summary>What somebody else's request did to this one.</summary>
    public static TelegramRefusedException Conflict(string why) => new(409, "Conflict: " + why);
}
