namespace ChatOps.Channels.Discord;

/// <summary>Who we are at Discord.</summary>
/// <param name="UserId">The bot's user.</param>
/// <param name="ApplicationId">The application.</param>
/// <param name="Name">The bot's name.</param>
/// <param name="ReadsContent">Whether the Message Content Intent is switched on.</param>
internal sealed record BotIdentity(string UserId, string ApplicationId, string Name, bool ReadsContent)
{
    private const long MessageContent = 1 << 18;
    private const long MessageContentLimited = 1 << 19;

    /// <summary>Whether an application's flags say so.</summary>
    public static bool MayReadContent(long? flags) => (flags & (MessageContent | MessageContentLimited)) is not (null or 0);
}
