using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Discord;

internal sealed partial class DiscordChannel
{
    [LoggerMessage(3441, LogLevel.Information, "Discord knows the bot as {Bot}; it listens by {Mode}.")]
    private partial void LogStarts(string bot, DiscordMode mode);

    [LoggerMessage(3442, LogLevel.Warning, "Discord does not say who the bot is; asked again in {Pause}.")]
    private partial void LogNoAnswer(TimeSpan pause);

    [LoggerMessage(3443, LogLevel.Warning, "The store is away, so it is not known whether Discord's commands are registered; looked at again later.")]
    private partial void LogNotRegistered();
}
