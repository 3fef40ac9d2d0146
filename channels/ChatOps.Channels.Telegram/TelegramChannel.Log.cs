using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Telegram;

internal sealed partial class TelegramChannel
{
    [LoggerMessage(3110, LogLevel.Information, "Telegram: a secret has changed; the new one is used.")]
    private partial void LogSecretChanged();

    [LoggerMessage(3111, LogLevel.Warning, "Telegram: the command menu is not set: {Why}")]
    private partial void LogMenuNotSet(string why);

    [LoggerMessage(3112, LogLevel.Information, "Telegram: the webhook of @{Bot} is set.")]
    private partial void LogServing(string bot);

    [LoggerMessage(3113, LogLevel.Warning, "Telegram: {Why}")]
    private partial void LogTrouble(string why);
}
